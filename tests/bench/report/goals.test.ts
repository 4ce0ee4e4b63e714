import { expect, test } from 'vitest';
import type { Measured } from '../measure/cell.ts';
import type { Cell } from '../results.ts';
import { judge } from './goals.ts';

const measured = (facts: Partial<Measured>): Measured => ({
  count: 100,
  p50: 4,
  p95: 8,
  p99: 9,
  max: 10,
  perSecond: 400,
  cpu: {},
  ...facts,
});

const cell = (row: string, product: Partial<Measured>, rest: Partial<Cell> = {}): Cell => ({
  row,
  tickets: 1_000,
  clients: 16,
  processes: 1,
  product: measured(product),
  limit: measured({ perSecond: 500 }),
  ...rest,
});

const missed = (cells: Cell[]): string[] =>
  judge(cells)
    .filter((goal) => !goal.met)
    .map(({ goal, measured: what }) => `${goal}: ${what}`);

test('a good run meets all goals', () => {
  expect(missed([cell('submit', {}), cell('submit', {}, { clients: 1 }), cell('list', {})])).toEqual([]);
});

test('the worst cell decides, and is named', () => {
  const cells = [cell('list', {}), cell('list', { perSecond: 200 }, { tickets: 100_000 }), cell('list', {})];
  expect(missed(cells)).toEqual(['list: ≥ 0.5 of the limit: 0.40 at 100,000 tickets, 16 clients']);
});

test('a list that slows down with more tickets is detected', () => {
  const alone = { clients: 1 };
  const cells = [
    cell('list', { p50: 2 }, { ...alone, tickets: 100 }),
    cell('list', { p50: 4 }, { ...alone, tickets: 1_000 }),
    cell('list', { p50: 7 }, { ...alone, tickets: 100_000 }),
  ];
  expect(missed(cells)).toEqual(['list: p50 at 100,000 tickets ≤ 1.5 × that at 1,000: 1.75 ×']);
});

test('a slow search counts only at the largest size', () => {
  const slow = { p95: 250 };
  expect(missed([cell('search', slow), cell('search', {}, { tickets: 100_000 })])).toEqual([]);
  expect(missed([cell('search', {}), cell('search', slow, { tickets: 100_000 })])).toHaveLength(1);
});

test('a command must meet its share with 16 clients and its time with one', () => {
  const slow = measured({ p50: 17, perSecond: 135 });
  const limit = measured({ p50: 4, perSecond: 500 });
  expect(missed([cell('command', slow, { limit })])).toEqual([
    'command: ≥ 0.28 of the bare update with 16 clients: 0.27 at 1,000 tickets, 16 clients',
  ]);
  expect(missed([cell('command', slow, { limit, clients: 1 })])).toEqual([
    'command: p50 ≤ 4 × that of an empty update with one client: 4.25 × at 1,000 tickets, 1 client',
  ]);
  const enough = measured({ p50: 16, perSecond: 141 });
  expect(missed([1, 16].map((clients) => cell('command', enough, { limit, clients })))).toEqual([]);
});

test('cells with several processes and rows not measured have no goal', () => {
  expect(judge([cell('list', { perSecond: 1 }, { processes: 2 })])).toEqual([]);
  expect(judge([])).toEqual([]);
});
