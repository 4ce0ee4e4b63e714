import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';

const lookAgainAfter = 1_000;

/**
 * Waits until nothing is missing any more, such as a server that starts at the same time; says what it waits for, and again
 * when that changes. Starting anew would only say it with a stack trace.
 */
export const waitUntilThere = async (
  log: Pick<Log, 'warn' | 'info'>,
  problemNow: () => Promise<string | null>,
  pause = lookAgainAfter,
): Promise<void> => {
  let said: string | null = null;
  for (let problem = await problemNow(); problem !== null; problem = await problemNow()) {
    if (problem !== said) log.warn(`${problem} Waiting for it.`);
    said = problem;
    await sleep(pause);
  }
  if (said !== null) log.info('it is there now, going on');
};
