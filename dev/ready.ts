import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf, StackProblem } from './problem.ts';
import type { RunningProcess } from './processes.ts';

interface Waiting {
  /** What is waited for, as the subject of a sentence. */
  what: string;
  /** May throw: not ready yet, and the reason is kept for the error. */
  isReady(): Promise<boolean>;
  withinMs: number;
  /** Given: the wait ends at its first crash. */
  process?: RunningProcess;
}

const lastLines = async (file: string): Promise<string> => {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-12).join('\n');
};

const explain = async ({ what, process }: Waiting, happened: string): Promise<StackProblem> => {
  const file = process?.spec.logFile;
  if (file === undefined) return new StackProblem(`${what} ${happened}.`);
  return new StackProblem(`${what} ${happened}. The end of ${file}:\n${await lastLines(file)}`);
};

/** @throws StackProblem that says what happened, with the end of the log, when it crashes or takes too long. */
export const waitUntilReady = async (waiting: Waiting): Promise<void> => {
  const end = Date.now() + waiting.withinMs;
  let reason = 'no answer';
  while (Date.now() < end) {
    try {
      if (await waiting.isReady()) return;
    } catch (error) {
      reason = reasonOf(error);
    }
    if (waiting.process && waiting.process.crashes() > 0) throw await explain(waiting, 'ended while it was starting');
    await sleep(50);
  }
  throw await explain(waiting, `was not ready within ${waiting.withinMs / 1_000} s (${reason})`);
};
