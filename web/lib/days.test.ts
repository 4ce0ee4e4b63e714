import { expect, test } from 'vitest';
import { endOf, isDay, startOf } from './days.ts';

test.each([
  ['2026-11-23', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['0202-11-23', false],
  ['2026-11-3', false],
  ['', false],
  ['tomorrow', false],
])('%s is a day: %s', (value, expected) => {
  expect(isDay(value)).toBe(expected);
});

test('a day begins at midnight here and ends where the next one begins, also when the clocks change', () => {
  for (const day of ['2026-11-23', '2026-03-29', '2026-10-25', '2026-12-31']) {
    const [start, end] = [new Date(startOf(day) ?? ''), new Date(endOf(day) ?? '')];
    expect([start.getHours(), start.getMinutes(), end.getHours(), end.getMinutes()]).toEqual([0, 0, 0, 0]);
    expect(start.getDate()).toBe(Number(day.slice(-2)));
    expect((end.getTime() - start.getTime()) / 3_600_000).toBeGreaterThan(22);
  }
  expect(startOf(null)).toBeUndefined();
});
