import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from './log-file.ts';
import { reasonOf, StackProblem } from './problem.ts';
import type { RunningProcess } from './processes.ts';

interface Waiting {
  /** What we wait for, as the subject of a sentence. */
  what: string;
  /** May throw when it is not ready yet: the reason is kept for the error message. */
  isReady(): Promise<boolean>;
  withinMs: number;
  /** How long to wait before asking again. */
  everyMs?: number;
  /** If one of them crashes, the wait is over. */
  processes: readonly RunningProcess[];
}

const explain = async ({ what, processes }: Waiting, happened: string): Promise<StackProblem> => {
  const file = processes.find(({ spec }) => spec.logFile !== undefined)?.spec.logFile;
  if (file === undefined) return new StackProblem(`${what} ${happened}.`);
  return new StackProblem(`${what} ${happened}. The end of ${file}:\n${await lastLines(file)}`);
};

/** @throws StackProblem with the end of the log, when it crashes or takes too long. */
export const waitUntilReady = async (waiting: Waiting): Promise<void> => {
  const end = Date.now() + waiting.withinMs;
  let reason = 'no answer';
  while (Date.now() < end) {
    try {
      if (await waiting.isReady()) return;
    } catch (error) {
      reason = reasonOf(error);
    }
    const crashed = waiting.processes.some((process) => process.crashes() > 0);
    if (crashed) throw await explain(waiting, 'ended while it was starting');
    await sleep(waiting.everyMs ?? 50);
  }
  throw await explain(waiting, `was not ready within ${waiting.withinMs / 1_000} s (${reason})`);
};
