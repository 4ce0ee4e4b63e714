import { hasPassed, type Result } from './fault-runner.ts';

const headings = [
  'fault',
  '',
  'times',
  'operations',
  'lost',
  'doubled',
  'unexpected',
  'recovered',
  'back in s',
  'inject',
  'calm',
  'check',
  'took s',
];

const cellsOf = (result: Result): string[] => {
  const { fault, injected, operations, verdict, seconds } = result;
  const { lost, doubled, unexpected, recovered } = verdict.count;
  return [
    fault.id,
    `${hasPassed(result) ? ' ' : '✗'} ${fault.name}`,
    ...[injected.times, operations, lost, doubled, unexpected, recovered].map(String),
    injected.recovery === null ? '—' : injected.recovery.toFixed(1),
    ...[seconds.inject, seconds.calm, seconds.check, seconds.inject + seconds.calm + seconds.check].map((part) =>
      part.toFixed(0),
    ),
  ];
};

const aligned = (rows: readonly string[][]): string => {
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  // The first two columns are words, the others figures.
  const fit = (text: string, column: number): string =>
    column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(fit).join('  ').trimEnd()).join('\n');
};

const shown = 8;

const detailsOf = ({ fault, failure, verdict, injected }: Result): string[] => {
  const violations = verdict.violations.map(({ rule, what }) => `${fault.id} ${rule}: ${what}`);
  const more = violations.length > shown ? [`${fault.id}: and ${violations.length - shown} more`] : [];
  return [
    ...(injected.notes ?? []).map((note) => `${fault.id}: ${note}`),
    ...(failure === null ? [] : [`${fault.id} failed: ${failure}`]),
    ...violations.slice(0, shown),
    ...more,
  ];
};

/** A row a fault: how often it happened, how much was done meanwhile, what became of the submissions, how soon all was well. */
export const inWords = (results: readonly Result[]): string =>
  [aligned([headings, ...results.map(cellsOf)]), ...results.flatMap(detailsOf)].join('\n');
