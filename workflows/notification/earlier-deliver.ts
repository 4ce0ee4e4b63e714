import { isCancellation, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { NotificationActivities } from '../../activities/notification/notification.activities.ts';
import { refusedIn } from './earlier-batch.ts';
import type { Batch, Delivered, DigestOfBatch } from './mail-batch.ts';
import { type Outcome, reasonOf } from './outcome.ts';

// Delivery as releases before 3 had it, for the workflows that they started: mails are given up after three days, so this file
// can go with the release after next.

const { deliverRound } = proxyLocalActivities<NotificationActivities>({
  startToCloseTimeout: '35 seconds',
  retry: { maximumAttempts: 1 },
  summary: 'Send the mails',
});

const { deliverNotice } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '10 seconds',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

const { giveUpNotice } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
  summary: 'Note that the mail was given up',
});

export const deliverAsBefore = async ({ batch, notifications }: Batch): Promise<Delivered> => {
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
};

const tryAll = async (batch: string) => {
  try {
    const { sent, refused } = await deliverRound(batch);
    return { sent, refused: refusedIn({ sent, refused }) };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { sent: [], refused: [] };
  }
};

const deliverInTime = async (digest: DigestOfBatch): Promise<Outcome> => {
  const { notificationId } = digest;
  try {
    await deliverNotice.executeWithOptions({ summary: `Send the mail of notification ${notificationId}` }, [digest]);
    return { notificationId, isSent: true };
  } catch (error) {
    return giveUp(digest, reasonOf(error));
  }
};

const giveUp = async (digest: DigestOfBatch, why: string): Promise<Outcome> => {
  await giveUpNotice(digest, why);
  return { notificationId: digest.notificationId, isSent: false };
};
