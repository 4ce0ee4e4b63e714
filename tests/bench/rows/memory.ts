import { setTimeout as sleep } from 'node:timers/promises';
import type { Results } from '../results.ts';

type Sizes = Record<string, number>;

const sumOf = (parts: Sizes): number => Object.values(parts).reduce((sum, size) => sum + size, 0);

let most: Sizes = {};

/** Remembers the look at which all parts together used most; answers what it remembers. */
export const noteMost = (now: Sizes): Sizes => {
  if (sumOf(now) > sumOf(most)) most = now;
  return most;
};

const lookEveryMs = 5_000;
const patienceMs = 60_000;
/** Less than this share from one look to the next is noise. */
const settledShare = 0.01;

/** What they use once they have given back what only starting took: when so many looks in a row have found the same. */
export const settledMemory = async (look: () => Promise<Sizes>, looks: number): Promise<Sizes> => {
  const end = Date.now() + patienceMs;
  for (let [before, calm] = [await look(), 0]; ; ) {
    await sleep(lookEveryMs);
    const now = await look();
    calm = Math.abs(1 - sumOf(now) / sumOf(before)) < settledShare ? calm + 1 : 0;
    if (calm === looks || Date.now() > end) return now;
    before = now;
  }
};

const mb = (size: number): string => `${size.toFixed(0)} MB`;

/** Puts down the memory of all parts together, and of each; with a bound it is a goal. */
export const memoryFigures = (results: Results, when: string, parts: Sizes, bound: number | null = null): void => {
  const sum = sumOf(parts);
  const beside = Object.entries(parts).map(([part, size]) => `${part} ${mb(size)}`);
  results.figures.push({ name: `memory ${when} (PSS)`, value: sum, unit: 'MB', beside: beside.join(', ') });
  if (bound === null) return;
  results.goals.push({ row: 'memory', goal: `memory ${when}: ≤ ${bound} MB`, measured: mb(sum), met: sum <= bound });
};
