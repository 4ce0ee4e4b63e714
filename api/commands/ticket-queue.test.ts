import { expect, test } from 'vitest';
import { createTicketQueue } from './ticket-queue.ts';

test('work for one key runs in the order of arrival', async () => {
  const queued = createTicketQueue(10_000);
  const story: string[] = [];
  const work = (name: string) => async () => {
    story.push(`${name} begins`);
    await Promise.resolve();
    story.push(`${name} ends`);
    return name;
  };
  const names = await Promise.all(['a', 'b', 'c'].map((name) => queued('ticket', work(name))));
  expect(names).toEqual(['a', 'b', 'c']);
  expect(story).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('when work fails, the next one starts and only its own caller gets the error', async () => {
  const queued = createTicketQueue(10_000);
  const failing = queued('ticket', () => Promise.reject(new Error('broken')));
  const next = queued('ticket', async () => 'done');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
});

test('another key does not wait', async () => {
  const queued = createTicketQueue(10_000);
  const { promise, resolve } = Promise.withResolvers<string>();
  const waiting = queued('one', () => promise);
  expect(await queued('other', async () => 'done')).toBe('done');
  resolve('late');
  expect(await waiting).toBe('late');
});

test('a caller who waits too long is refused; the ones behind keep waiting for the running work', async () => {
  const queued = createTicketQueue(1);
  const { promise, resolve } = Promise.withResolvers<string>();
  const working = queued('ticket', () => promise);
  const begun: string[] = [];
  const wait = () => queued('ticket', async () => begun.push('begun'));
  await expect(wait()).rejects.toMatchObject({ code: 'unavailable', retryAfter: 2 });
  await expect(wait()).rejects.toMatchObject({ code: 'unavailable' });
  expect(begun).toEqual([]);
  resolve('done');
  expect(await working).toBe('done');
  await wait();
  expect(begun).toEqual(['begun']);
});
