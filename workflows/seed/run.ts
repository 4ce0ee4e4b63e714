import { setCurrentDetails, setHandler } from '@temporalio/workflow';
import { type NumberRange, progressQuery, type SeedProgress, type SeedReport, type Tally } from './messages.ts';

/** The result of one activity: its steps on the progress bar, what it created, and the ticket numbers. */
export interface Done extends Tally {
  steps: number;
  numbers?: NumberRange | null;
  accounts?: string[];
}

/** One part of a seed command. */
export interface Part {
  phase: string;
  /** In the unit of `Done.steps`; the sum over all parts is the length of the bar. */
  steps: number;
  work(tick: (done: Done) => void): Promise<void>;
}

const joined = (before: NumberRange | null, more: NumberRange | null): NumberRange | null =>
  before && more ? { first: before.first, last: more.last } : (before ?? more);

/** Runs the parts one after the other, answers the progress query meanwhile, and returns what was created. */
export const runParts = async (parts: readonly Part[]): Promise<SeedReport> => {
  const report: SeedReport = { created: 0, existing: 0, phases: [], numbers: null, accounts: [] };
  let progress: SeedProgress = {
    phase: parts[0]?.phase ?? '',
    done: 0,
    total: parts.reduce((sum, part) => sum + part.steps, 0),
    created: 0,
    existing: 0,
  };
  setHandler(progressQuery, () => progress);
  for (const { phase, work } of parts) {
    const tally = { phase, created: 0, existing: 0 };
    report.phases.push(tally);
    progress = { ...progress, phase };
    await work(({ steps, created, existing, numbers = null, accounts = [] }) => {
      tally.created += created;
      tally.existing += existing;
      report.created += created;
      report.existing += existing;
      report.accounts.push(...accounts);
      report.numbers = joined(report.numbers, numbers);
      progress = { ...progress, done: progress.done + steps, created: report.created, existing: report.existing };
      setCurrentDetails(`${progress.phase}: ${progress.done} of ${progress.total}`);
    });
  }
  return report;
};
