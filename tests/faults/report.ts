import { hasPassed, type Result } from './fault-runner.ts';
import { inWords } from './table.ts';
import type { Journal } from './workload/journal.ts';

/** What a run has come to, whether it reached its end or not. */
export interface Outcome {
  seed: number;
  results: readonly Result[];
  /** How many faults were to be injected. */
  wanted: number;
  /** Why it broke off; null when it did not. */
  brokenOff: string | null;
  kills: number;
  operations: Journal['operations'];
}

/** A fault that was never injected has not passed, nor has a run that was not wanted to do anything. */
export const failedOf = ({ results, wanted, brokenOff }: Pick<Outcome, 'results' | 'wanted' | 'brokenOff'>): number => {
  const missing = wanted - results.filter(hasPassed).length;
  return brokenOff === null ? missing : Math.max(1, missing);
};

/** Names what has failed, with the first line of why. `.ci/run` gathers these lines. */
const failedLine = (what: string, why: string): string => `failed: ${what}: ${why.split('\n')[0]}`;

const failuresOf = ({ results, wanted, brokenOff }: Outcome): string[] => {
  const failures = results
    .filter((result) => !hasPassed(result))
    .map(({ fault, failure, verdict }) => {
      const [violation] = verdict.violations;
      const why = failure ?? (violation ? `${violation.rule}: ${violation.what}` : 'it was not survived');
      return failedLine(`${fault.id} ${fault.name}`, why);
    });
  return brokenOff === null
    ? failures
    : [...failures, failedLine(`the run, after ${results.length} of ${wanted} faults`, brokenOff)];
};

/** The table, what was done in all, what has failed, and the closing line `N passed, N failed`. */
export const reportOf = (outcome: Outcome): string => {
  const { seed, results, wanted, brokenOff, kills, operations } = outcome;
  const submissions = new Set(operations.flatMap(({ kind, key }) => (kind === 'submit' ? [key] : [])));
  return [
    ...(results.length === 0 ? [] : ['', inWords(results)]),
    `seed ${seed}: ${submissions.size} submissions, ${kills} kills`,
    ...(brokenOff === null ? [] : [`The run broke off after ${results.length} of ${wanted} faults: ${brokenOff}`]),
    ...failuresOf(outcome),
    `${results.filter(hasPassed).length} passed, ${failedOf(outcome)} failed`,
  ].join('\n');
};
