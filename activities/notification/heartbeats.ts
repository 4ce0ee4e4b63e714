import { Context } from '@temporalio/activity';
import pRetry from 'p-retry';
import type { Persistence } from '../../api/notification/mail-notes.ts';

// Milliseconds. The workflow takes a worker for dead that is silent for ten seconds.
const beatEvery = 2_000;
const noteAgainAfter = 250;
// Who is to stop may still note what has happened. Nothing is lost if that fails: the heartbeat says what was sent.
const noteAfterCancellation = 15_000;

/** What a heartbeat tells the next try: the first notification of each digest that the mail server has taken. */
export interface Progress {
  sent: number[];
}

/** What the try before this one had sent, when it ended without an answer. */
export const earlierProgress = (): Progress => {
  const details: Partial<Progress> | undefined = Context.current().info.heartbeatDetails;
  return { sent: details?.sent ?? [] };
};

/** Tells Temporal every few seconds that the work goes on, and what has been sent. */
export const withHeartbeats = async <Result>(progress: Progress, work: () => Promise<Result>): Promise<Result> => {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(progress), beatEvery);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
};

/** Tries again while PostgreSQL is away, as long as this activity is not cancelled, and a little longer. */
export const persistWhileRunning = (): Persistence => {
  const { cancellationSignal } = Context.current();
  let end = Number.POSITIVE_INFINITY;
  const setEnd = (): void => {
    end = Date.now() + noteAfterCancellation;
  };
  if (cancellationSignal.aborted) setEnd();
  cancellationSignal.addEventListener('abort', setEnd, { once: true });
  const again = { retries: Number.POSITIVE_INFINITY, factor: 1, minTimeout: noteAgainAfter };
  return (work) => pRetry(work, { ...again, shouldRetry: () => Date.now() < end });
};
