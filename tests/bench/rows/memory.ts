import { setTimeout as sleep } from 'node:timers/promises';
import type { Results } from '../results.ts';

type Sizes = Record<string, number>;

const sumOf = (parts: Sizes): number => Object.values(parts).reduce((sum, size) => sum + size, 0);

let highest: Sizes = {};

/** Remembers the sample with the highest total, and returns it. */
export const noteMost = (now: Sizes): Sizes => {
  if (sumOf(now) > sumOf(highest)) highest = now;
  return highest;
};

const lookEveryMs = 5_000;
const patienceMs = 60_000;
/** A smaller change between two samples is noise. */
const settledShare = 0.01;

/** The memory after start-up memory is freed: when this many samples in a row are the same. */
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

/** Records the memory of all parts together and of each. With a bound, the total is a goal. */
export const memoryFigures = (results: Results, when: string, parts: Sizes, bound: number | null = null): void => {
  const sum = sumOf(parts);
  const beside = Object.entries(parts).map(([part, size]) => `${part} ${mb(size)}`);
  results.figures.push({ name: `memory ${when} (PSS)`, value: sum, unit: 'MB', beside: beside.join(', ') });
  if (bound === null) return;
  results.goals.push({ row: 'memory', goal: `memory ${when}: ≤ ${bound} MB`, measured: mb(sum), met: sum <= bound });
};
