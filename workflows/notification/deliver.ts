import { isCancellation, patched, proxyActivities, sleep } from '@temporalio/workflow';
import type { NotificationActivities } from '../../activities/notification/notification.activities.ts';
import { queues } from '../names.ts';
import { batchOf, type EarlierBatch } from './earlier-batch.ts';
import { deliverAsBefore } from './earlier-deliver.ts';
import type { Batch, Delivered, DigestOfBatch, FirstTry } from './mail-batch.ts';
import { type Outcome, reasonOf } from './outcome.ts';

// Mail has a queue of its own: nothing else waits for a slow mail server. A mail server may take minutes for each of its
// answers; heartbeats tell that the worker lives meanwhile. A worker that only stood still holds the lock of its mail, so
// another try does not send it again.
const sending = { taskQueue: queues.mail, startToCloseTimeout: '2 hours', heartbeatTimeout: '10 seconds' } as const;

const { sendMailBatch } = proxyActivities<NotificationActivities>({
  ...sending,
  retry: { maximumAttempts: 3 },
  summary: 'Send the mails',
});

const { sendMail } = proxyActivities<NotificationActivities>({
  ...sending,
  // A mail server may be down for hours. Pauses grow, so that two hundred mails make at most one try a second, but only up to
  // five minutes, so that all are sent soon after its return. After three days the mail is out of date.
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

const { giveUpMail } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
  summary: 'Note that the mail was given up',
});

/** A server that has just lost a connection may be restarting. */
const pauseAfterUnknown = '1 minute';

/**
 * Sends a batch of digests, one mail for each reader. The notifications themselves have been in the app since the change that
 * caused them. Digests that are not accepted at once are retried separately, so that none waits for another.
 */
export async function deliverNotification(given: Batch | EarlierBatch): Promise<Delivered> {
  if (!patched('mail-queue')) return deliverAsBefore(batchOf(given));
  const { batch, notifications } = batchOf(given);
  const { sent, refused, unknown } = await tryAll(batch);
  const left = notifications.filter(
    (id) => !sent.includes(id) && !refused.some(({ notificationId }) => notificationId === id),
  );
  const outcomes = await Promise.all([
    ...refused.map(({ notificationId, why }) => giveUp({ notificationId, batch }, why)),
    ...left.map((notificationId) => sendInTime({ notificationId, batch }, unknown.includes(notificationId))),
  ]);
  return {
    sent: [...sent, ...outcomes.flatMap(({ notificationId, isSent }) => (isSent ? [notificationId] : []))],
    givenUp: outcomes.flatMap(({ notificationId, isSent }) => (isSent ? [] : [notificationId])),
  };
}

/** The first try of all digests. When its outcome is unknown, each digest then checks by itself whether it was sent. */
const tryAll = async (batch: string): Promise<FirstTry> => {
  try {
    return await sendMailBatch(batch);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { sent: [], refused: [], unknown: [] };
  }
};

const sendInTime = async (digest: DigestOfBatch, later: boolean): Promise<Outcome> => {
  const { notificationId } = digest;
  try {
    if (later) await sleep(pauseAfterUnknown);
    await sendMail.executeWithOptions({ summary: `Send the mail of notification ${notificationId}` }, [digest]);
    return { notificationId, isSent: true };
  } catch (error) {
    return giveUp(digest, reasonOf(error));
  }
};

const giveUp = async (digest: DigestOfBatch, why: string): Promise<Outcome> => {
  await giveUpMail(digest, why);
  return { notificationId: digest.notificationId, isSent: false };
};
