import { type Cell, type Failure, type Figure, type Goal, type Results, ratioOf } from '../results.ts';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
};

const short = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

const cellHead = [
  'row',
  'tickets',
  'clients',
  'a second',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'limit/s',
  'p50 ms',
  'ratio',
  'CPU ms: API',
  'worker',
  'PostgreSQL',
  'Temporal',
];

const cellRow = (cell: Cell): string[] => {
  const { row, tickets, clients, processes, product, limit } = cell;
  const ratio = ratioOf(cell);
  return [
    processes === 1 ? row : `${row}, ${processes} API and ${processes} workers`,
    tickets.toLocaleString('en'),
    String(clients),
    product.perSecond.toFixed(0),
    short(product.p50),
    short(product.p95),
    short(product.p99),
    limit ? limit.perSecond.toFixed(0) : '',
    limit ? short(limit.p50) : '',
    ratio === null ? '' : ratio.toFixed(2),
    ...['api', 'worker', 'postgres', 'temporal'].map((part) => short(product.cpu[part] ?? 0)),
  ];
};

const figureRow = ({ name, value, unit, beside = '' }: Figure): string =>
  `${name}: ${short(value)} ${unit}`.trimEnd() + (beside && `  (${beside})`);

const goalRow = ({ goal, measured, met }: Goal): string => `${met ? 'ok    ' : 'MISSED'}  ${goal}: ${measured}`;

const failureRow = ({ group, tickets, error }: Failure): string =>
  `FAILED  ${group} at ${tickets.toLocaleString('en')} tickets: ${error}`;

/** The results as text for the terminal. */
export const inWords = ({ cells, figures, goals, failures }: Results, statements: Record<string, number>): string => {
  const missed = goals.filter((goal) => !goal.met).length;
  const trips = Object.entries(statements).map(([row, count]) => `${row} ${count}`);
  return [
    ...(cells.length > 0 ? [table(cellHead, cells.map(cellRow)), ''] : []),
    ...(trips.length > 0 ? [`Statements for one request, the session included: ${trips.join(', ')}`, ''] : []),
    ...figures.map(figureRow),
    '',
    ...goals.map(goalRow),
    ...failures.map(failureRow),
    '',
    `${goals.length - missed} goals met, ${missed} missed${failures.length > 0 ? `, ${failures.length} groups failed` : ''}`,
  ].join('\n');
};
