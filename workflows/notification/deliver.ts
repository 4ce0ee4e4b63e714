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

// The activities keep their old names, because histories of running workflows contain them. Here they get today's names.

// A local activity in the first workflow task costs Temporal half as much. The timeout leaves time to wait for PostgreSQL,
// because a digest that is sent but not recorded would be sent again.
const { deliverRound: deliverBatch } = proxyLocalActivities<NotificationActivities>({
  startToCloseTimeout: '35 seconds',
  retry: { maximumAttempts: 1 },
  summary: 'Send the mails',
});

const { deliverNotice: deliverDigest } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  // A mail server may be down for hours. Pauses grow, so that two hundred mails make at most one try a second, but only up to
  // five minutes, so that all are sent soon after its return. After three days the mail is out of date.
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

const { giveUpNotice: giveUpDigest } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
  summary: 'Note that the mail was given up',
});

/**
 * Sends a batch of digests, one mail for each reader. The notifications themselves have been in the app since the change that
 * caused them. Digests that are not accepted at once are retried separately, so that none waits for another.
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

/** The first try of all digests. When its outcome is unknown, each digest then checks by itself whether it was sent. */
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

// After three days the cause is the failure of the last try, whose type says nothing useful.
const reasonOf = (cause: Error | undefined): string =>
  cause instanceof ApplicationFailure && cause.nonRetryable === true ? (cause.type ?? 'refused') : 'timeout';
