import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applies } from './applies.ts';

const title = /^\s*test\(\s*['"`](S-\d{3}) /gm;

const tested = globSync(`${import.meta.dirname}/*.test.ts`)
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(title)].map(([, id = '']) => id))
  .toSorted();

test('each case that applies has one test, and no other has', () => {
  const expected = Object.entries(applies).flatMap(([id, why]) => (why === true ? [id] : []));
  expect(tested).toEqual(expected.toSorted());
});

test('each case that does not apply says why', () => {
  for (const [id, why] of Object.entries(applies)) {
    expect(id).toMatch(/^S-\d{3}$/);
    if (why !== true) expect(why.length, id).toBeGreaterThan(10);
  }
});

test('the list has every case', () => {
  expect(Object.keys(applies)).toHaveLength(92);
});
