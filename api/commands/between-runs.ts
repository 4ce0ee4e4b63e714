import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { renewing } from '../../workflows/ticket/messages.ts';
import { sendAgain } from './send-again.ts';

/** Whether a command was refused only because one run of its workflow has ended and the next one is not there yet. */
export const isBetweenRuns = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === renewing;

/**
 * Sends a command again, the same each time, for as long as it is refused so, or until then. The pauses matter: when
 * something comes in just as a run ends, Temporal begins that end anew, so that who asks too often makes it later.
 */
export const againBetweenRuns = <Result>(send: () => Promise<Result>, until: number): Promise<Result> =>
  sendAgain(send, isBetweenRuns, until);
