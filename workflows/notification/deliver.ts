import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { NotificationActivities } from '../../activities/notification/notification.activities.ts';
import {
  type Batch,
  batchOf,
  type Delivered,
  type DigestOfBatch,
  type EarlierBatch,
  type FirstTry,
  firstTryOf,
} from './mail-batch.ts';

// The activities have the names that stand in the histories of running workflows; here they are called what they do.

// Within the workflow's first task: mails that are taken at once cost Temporal half of what an activity does. A digest that is
// out and not noted would go out again: there is time to wait for a PostgreSQL that is away.
const { deliverRound: deliverBatch } = proxyLocalActivities<NotificationActivities>({
  startToCloseTimeout: '35 seconds',
  retry: { maximumAttempts: 1 },
  summary: 'Send the mails',
});

const { deliverNotice: deliverDigest } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  // A mail server may be away for hours. Pauses grow, so that two hundred mails ask it once a second at most, and no
  // further than to five minutes: soon after its return all of them are out. After three days nobody waits any more.
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

const { giveUpNotice: giveUpDigest } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
  summary: 'Note that the mail was given up',
});

/**
 * Sends the digests of a batch, each reader's in one mail. The notifications themselves are in the app since the change
 * that caused them. What is not taken at once is tried again digest by digest, so that none waits for another.
 */
export async function deliverNotification(given: Batch | EarlierBatch): Promise<Delivered> {
  const { batch, notifications } = batchOf(given);
  const { sent, refused } = await tryAll(batch);
  const left = notifications.filter(
    (id) => !sent.includes(id) && !refused.some(({ notificationId }) => notificationId === id),
  );
  const outcomes = await Promise.all([
    ...refused.map(({ notificationId, why }) => giveUp({ notificationId, batch }, why)),
    ...left.map((notificationId) => deliverInTime({ notificationId, batch })),
  ]);
  return {
    sent: [...sent, ...outcomes.flatMap(({ notificationId, isSent }) => (isSent ? [notificationId] : []))],
    givenUp: outcomes.flatMap(({ notificationId, isSent }) => (isSent ? [] : [notificationId])),
  };
}

/** The first try of all digests. When nobody can tell what it came to, each finds out by itself whether it was sent. */
const tryAll = async (batch: string): Promise<FirstTry> => {
  try {
    return firstTryOf(await deliverBatch(batch));
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { sent: [], refused: [] };
  }
};

interface Outcome {
  notificationId: number;
  isSent: boolean;
}

const deliverInTime = async (digest: DigestOfBatch): Promise<Outcome> => {
  const { notificationId } = digest;
  try {
    await deliverDigest.executeWithOptions({ summary: `Send the mail of notification ${notificationId}` }, [digest]);
    return { notificationId, isSent: true };
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return giveUp(digest, reasonOf(error.cause));
  }
};

const giveUp = async (digest: DigestOfBatch, why: string): Promise<Outcome> => {
  await giveUpDigest(digest, why);
  return { notificationId: digest.notificationId, isSent: false };
};

// When the three days are over, the cause is the failure of the last try, of no type that says anything.
const reasonOf = (cause: Error | undefined): string =>
  cause instanceof ApplicationFailure && cause.nonRetryable === true ? (cause.type ?? 'refused') : 'timeout';
