import { expect, test } from 'vitest';
import { createLine } from './in-line.ts';

test('work for one key follows one another, in the order in which it came', async () => {
  const inLine = createLine(10_000);
  const story: string[] = [];
  const work = (name: string) => async () => {
    story.push(`${name} begins`);
    await Promise.resolve();
    story.push(`${name} ends`);
    return name;
  };
  const names = await Promise.all(['a', 'b', 'c'].map((name) => inLine('ticket', work(name))));
  expect(names).toEqual(['a', 'b', 'c']);
  expect(story).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('work that fails lets the next one begin, and its error is its own', async () => {
  const inLine = createLine(10_000);
  const failing = inLine('ticket', () => Promise.reject(new Error('broken')));
  const next = inLine('ticket', async () => 'done');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
});

test('another key does not wait', async () => {
  const inLine = createLine(10_000);
  const { promise, resolve } = Promise.withResolvers<string>();
  const waiting = inLine('one', () => promise);
  expect(await inLine('other', async () => 'done')).toBe('done');
  resolve('late');
  expect(await waiting).toBe('late');
});

test('who waits too long is told to try again; those behind still wait for the one that works', async () => {
  const inLine = createLine(1);
  const { promise, resolve } = Promise.withResolvers<string>();
  const working = inLine('ticket', () => promise);
  const begun: string[] = [];
  const wait = () => inLine('ticket', async () => begun.push('begun'));
  await expect(wait()).rejects.toMatchObject({ code: 'unavailable', retryAfter: 2 });
  await expect(wait()).rejects.toMatchObject({ code: 'unavailable' });
  expect(begun).toEqual([]);
  resolve('done');
  expect(await working).toBe('done');
  await wait();
  expect(begun).toEqual(['begun']);
});
