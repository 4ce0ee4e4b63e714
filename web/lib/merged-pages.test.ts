import { expect, test } from 'vitest';
import { mergedPages } from './merged-pages.ts';

interface Row {
  id: string;
  version: number;
}
const merged = (...pages: [id: string, version: number][][]): string[] =>
  mergedPages<Row, string>(
    { pages: pages.map((rows) => ({ items: rows.map(([id, version]) => ({ id, version })) })) },
    ({ id }) => id,
    ({ version }) => version,
  ).map(({ id, version }) => `${id}${version}`);

test('a row that moved down is shown once, at its new place', () => {
  expect(
    merged(
      [
        ['a', 1],
        ['b', 1],
      ],
      [
        ['c', 1],
        ['a', 2],
        ['d', 1],
      ],
    ),
  ).toEqual(['b1', 'c1', 'a2', 'd1']);
});

test('a row that moved up is shown once, at its new place', () => {
  expect(
    merged(
      [
        ['d', 2],
        ['a', 1],
      ],
      [
        ['b', 1],
        ['d', 1],
      ],
    ),
  ).toEqual(['d2', 'a1', 'b1']);
});

test('of two equal states the page that was loaded later counts', () => {
  expect(
    merged(
      [
        ['a', 1],
        ['b', 1],
      ],
      [
        ['a', 1],
        ['c', 1],
      ],
    ),
  ).toEqual(['b1', 'a1', 'c1']);
});

test('a row in three pages is shown once', () => {
  expect(
    merged(
      [['a', 1]],
      [['a', 3]],
      [
        ['a', 2],
        ['b', 1],
      ],
    ),
  ).toEqual(['a3', 'b1']);
});
