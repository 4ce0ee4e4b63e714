import { expect, test } from 'vitest';
import { createLimiter, hashPassword, isOutdated, verifyPassword } from './password.ts';

test('a password matches only its own hash', async () => {
  const hash = await hashPassword('correct horse');
  expect(await verifyPassword(hash, 'correct horse')).toBe(true);
  expect(await verifyPassword(hash, 'wrong horse')).toBe(false);
  expect(await verifyPassword(null, 'correct horse')).toBe(false);
});

test('the same letters in another Unicode form are the same password', async () => {
  expect(await verifyPassword(await hashPassword('café'), 'cafe\u0301')).toBe(true);
});

test('a hash with weaker parameters is detected', async () => {
  expect(isOutdated(await hashPassword('x'))).toBe(false);
  expect(isOutdated('$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHQ$aGFzaA')).toBe(true);
});

test('a rush runs a few at a time, even when some fail', async () => {
  const limited = createLimiter(2, 12);
  let running = 0;
  let highest = 0;
  const work = async (index: number) => {
    running += 1;
    highest = Math.max(highest, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (index % 3 === 0) throw new Error('failed');
    return index;
  };
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => limited(() => work(index))));
  expect(highest).toBe(2);
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(8);
});

test('a call that finds the line full is refused, and the line goes on', async () => {
  const limited = createLimiter(1, 2);
  const { promise, resolve } = Promise.withResolvers<string>();
  const inside = [1, 2, 3].map(() => limited(() => promise));
  await expect(limited(() => promise)).rejects.toMatchObject({ code: 'unavailable', retryAfter: 2 });
  resolve('done');
  expect(await Promise.all(inside)).toEqual(['done', 'done', 'done']);
  expect(await limited(async () => 'later')).toBe('later');
});
