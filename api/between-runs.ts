import { setTimeout } from 'node:timers/promises';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { renewing } from '../workflows/ticket/messages.ts';

// Milliseconds. The next run is there within a second or so. Who asks too often makes it later: when something comes in
// just as a run ends, Temporal begins that end anew.
const firstPause = 20;
const longestPause = 250;

/** Whether a command was refused only because one run of its flow has ended and the next one is not there yet. */
export const isBetweenRuns = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === renewing;

/** Sends a command again, the same each time, for as long as it is refused so, or until then. */
export const againBetweenRuns = async <Result>(send: () => Promise<Result>, until: number): Promise<Result> => {
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    try {
      return await send();
    } catch (error) {
      if (!isBetweenRuns(error) || Date.now() + pause > until) throw error;
    }
    await setTimeout(pause);
  }
};
