import { describe, expect, test } from 'vitest';
import { countLimit, cursorSchema, decodeCursor, encodeCursor, page } from './paging.ts';

test.each([[['2026-11-23T08:00:00.000Z', 42]], [[7, 'TX20261123004098']], [[null, 1]], [['Žluťoučký „kůň“', 1]]])(
  'a cursor comes back as it was: %j',
  (cursor) => {
    const text = encodeCursor([cursor[0] ?? null, cursor[1] ?? 0]);
    expect(text).toMatch(/^[\w-]+$/);
    expect(decodeCursor(text, cursorSchema)).toEqual(cursor);
  },
);

describe('a cursor that is not ours is bad input', () => {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    ['empty', ''],
    ['noise', '!!!'],
    ['no list', encoded({ id: 1 })],
    ['too long a list', encoded([1, 2, 3])],
    ['an object inside', encoded([{ $ne: null }, 1])],
    ['a huge text', encoded(['x'.repeat(201), 1])],
  ])('%s', (_what, text) => {
    expect(() => decodeCursor(text, cursorSchema)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});

describe('a page', () => {
  const rows = Array.from({ length: 4 }, (_, index) => ({ id: index + 1 }));
  const parts = (limit: number, count: number) => ({
    limit,
    count,
    cursor: (row: { id: number }) => [row.id, row.id] as [number, number],
    view: (row: { id: number }) => row.id,
  });

  test('ends at the limit and points to the next one', () => {
    const { items, next } = page(rows, parts(3, 4));
    expect(items).toEqual([1, 2, 3]);
    expect(decodeCursor(next ?? '', cursorSchema)).toEqual([3, 3]);
  });

  test('that is the last one points nowhere', () => {
    expect(page(rows, parts(4, 4))).toEqual({ items: [1, 2, 3, 4], next: null, total: { count: 4, more: false } });
    expect(page([], parts(4, 0))).toEqual({ items: [], next: null, total: { count: 0, more: false } });
  });

  test('of a long list says "more than" instead of counting on', () => {
    expect(page(rows, parts(3, countLimit)).total).toEqual({ count: countLimit, more: false });
    expect(page(rows, parts(3, countLimit + 1)).total).toEqual({ count: countLimit, more: true });
  });
});
