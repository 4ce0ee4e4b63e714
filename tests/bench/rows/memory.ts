import type { Results } from '../results.ts';

const peaks: Record<string, number> = {};

/** Remembers the most that each part has used; answers what it remembers. */
export const notePeaks = (now: Record<string, number>): Record<string, number> => {
  for (const [part, size] of Object.entries(now)) peaks[part] = Math.max(size, peaks[part] ?? 0);
  return { ...peaks };
};

const mb = (size: number): string => `${size.toFixed(0)} MB`;

/** Puts down the memory of all parts together, and of each; with a bound it is a goal. */
export const memoryFigures = (
  results: Results,
  when: string,
  parts: Record<string, number>,
  bound: number | null = null,
): void => {
  const sum = Object.values(parts).reduce((total, size) => total + size, 0);
  const beside = Object.entries(parts).map(([part, size]) => `${part} ${mb(size)}`);
  results.figures.push({ name: `memory ${when} (PSS)`, value: sum, unit: 'MB', beside: beside.join(', ') });
  if (bound === null) return;
  results.goals.push({ row: 'memory', goal: `memory ${when}: ≤ ${bound} MB`, measured: mb(sum), met: sum <= bound });
};
