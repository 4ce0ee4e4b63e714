import { type Cell, type Goal, ratioOf } from '../results.ts';

// The goals. Each rule checks the worst of its cells.

const times = (value: number): string => `${value.toFixed(2)}`;
const ms = (value: number): string => `${value.toFixed(1)} ms`;

const placeOf = ({ tickets, clients }: Cell): string =>
  `${tickets.toLocaleString('en')} tickets, ${clients} ${clients === 1 ? 'client' : 'clients'}`;

type Rule = (cells: readonly Cell[]) => Goal | null;

interface Threshold {
  row: string;
  goal: string;
  /** The cells that count. */
  of?: (cell: Cell) => boolean;
  value: (cell: Cell) => number | null;
  /** Whether larger is better. */
  large: boolean;
  bound: number;
  show: (value: number) => string;
}

const threshold =
  ({ row, goal, of = () => true, value, large, bound, show }: Threshold): Rule =>
  (cells) => {
    const valued = cells
      .filter((cell) => cell.row === row && cell.processes === 1 && of(cell))
      .map((cell) => ({ cell, value: value(cell) }))
      .filter((entry): entry is { cell: Cell; value: number } => entry.value !== null)
      .toSorted((a, b) => (large ? a.value - b.value : b.value - a.value));
    const [worst] = valued;
    if (!worst) return null;
    const met = large ? worst.value >= bound : worst.value <= bound;
    return { row, goal: `${row}: ${goal}`, measured: `${show(worst.value)} at ${placeOf(worst.cell)}`, met };
  };

/** Product by limit, p50. */
const p50OfLimit = ({ product, limit }: Cell): number | null => (limit ? product.p50 / limit.p50 : null);

const halfOfLimit = (row: string): Rule =>
  threshold({ row, goal: '≥ 0.5 of the limit', value: ratioOf, large: true, bound: 0.5, show: times });

const alone = (cell: Cell): boolean => cell.clients === 1;

/** The p50 at the largest size compared with a thousand tickets, or the nearest size. */
const growth =
  (row: string): Rule =>
  (cells) => {
    const mine = cells.filter((cell) => cell.row === row && cell.processes === 1 && alone(cell));
    const sizes = mine.map((cell) => cell.tickets).toSorted((a, b) => a - b);
    const from = sizes.find((size) => size >= 1_000);
    const to = sizes.at(-1);
    if (from === undefined || to === undefined || from === to) return null;
    const p50At = (size: number): number => mine.find((cell) => cell.tickets === size)?.product.p50 ?? Number.NaN;
    const value = p50At(to) / p50At(from);
    const goal = `${row}: p50 at ${to.toLocaleString('en')} tickets ≤ 1.5 × that at ${from.toLocaleString('en')}`;
    return { row, goal, measured: `${times(value)} ×`, met: value <= 1.5 };
  };

const largest = (cells: readonly Cell[]): number => Math.max(...cells.map((cell) => cell.tickets));

const searchIsQuick: Rule = (cells) => {
  const maximum = largest(cells);
  return threshold({
    row: 'search',
    goal: `p95 at ${maximum.toLocaleString('en')} tickets under 200 ms`,
    of: (cell) => cell.tickets === maximum,
    value: (cell) => cell.product.p95,
    large: false,
    bound: 200,
    show: ms,
  })(cells);
};

const rules: readonly Rule[] = [
  halfOfLimit('submit'),
  threshold({
    row: 'submit',
    goal: 'p50 ≤ 6 ms with one client',
    of: alone,
    value: (cell) => cell.product.p50,
    large: false,
    bound: 6,
    show: ms,
  }),
  threshold({
    row: 'submit',
    goal: '≥ 300 a second with 16 clients',
    of: (cell) => cell.clients === 16,
    value: (cell) => cell.product.perSecond,
    large: true,
    bound: 300,
    show: (value) => `${value.toFixed(0)} a second`,
  }),
  halfOfLimit('list'),
  growth('list'),
  halfOfLimit('filtered list'),
  growth('filtered list'),
  halfOfLimit('search'),
  searchIsQuick,
  halfOfLimit('ticket page'),
  threshold({
    row: 'command',
    goal: '≥ 0.28 of the bare update with 16 clients',
    of: (cell) => cell.clients === 16,
    value: ratioOf,
    large: true,
    bound: 0.28,
    show: times,
  }),
  threshold({
    row: 'command',
    goal: 'p50 ≤ 4 × that of an empty update with one client',
    of: alone,
    value: p50OfLimit,
    large: false,
    bound: 4,
    show: (value) => `${times(value)} ×`,
  }),
  threshold({
    row: 'sign-in',
    goal: 'p50 ≤ 2 × Argon2id alone',
    value: p50OfLimit,
    large: false,
    bound: 2,
    show: (value) => `${times(value)} ×`,
  }),
];

/** Checks the goals for these cells. Rows that were not measured give none. */
export const judge = (cells: readonly Cell[]): Goal[] =>
  rules.map((rule) => rule(cells)).filter((goal) => goal !== null);
