import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { NotificationActivities } from '../../activities/notification.ts';
import type { Delivered, MailOfRound, Round } from './round.ts';

// Within the flow's first task: mails that are taken at once cost Temporal half of what an activity does. A letter that is
// out and not noted would go out again: there is time to wait for a PostgreSQL that is away.
const { deliverRound } = proxyLocalActivities<NotificationActivities>({
  startToCloseTimeout: '35 seconds',
  retry: { maximumAttempts: 1 },
  summary: 'Send the mails',
});

const { deliverNotice } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  // A mail server may be away for hours. Pauses grow, so that two hundred mails ask it once a second at most, and no
  // further than to five minutes: soon after its return all of them are out. After three days nobody waits any more.
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

const { giveUpNotice } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
  summary: 'Note that the mail was given up',
});

/**
 * Brings a round of notices to their readers by mail, each reader's in one letter, which is named by its first notice.
 * The notices themselves stand in the app since the change that caused them. What is not taken at once is tried again
 * letter by letter, so that none waits for another.
 */
export async function deliverNotification({ round, notices }: Round): Promise<Delivered> {
  const { sent, refused } = await sentAtOnce(round);
  const left = notices.filter((id) => !sent.includes(id) && !refused.some(({ noticeId }) => noticeId === id));
  const outcomes = await Promise.all([
    ...refused.map(({ noticeId, why }) => giveUp({ noticeId, round }, why)),
    ...left.map((noticeId) => deliverInTime({ noticeId, round })),
  ]);
  return {
    sent: [...sent, ...outcomes.flatMap(({ noticeId, isSent }) => (isSent ? [noticeId] : []))],
    givenUp: outcomes.flatMap(({ noticeId, isSent }) => (isSent ? [] : [noticeId])),
  };
}

/** What a first try of all letters came to. When nobody can tell, each finds out by itself whether it was sent. */
const sentAtOnce = async (round: string): ReturnType<NotificationActivities['deliverRound']> => {
  try {
    return await deliverRound(round);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { sent: [], refused: [] };
  }
};

interface Outcome {
  noticeId: number;
  isSent: boolean;
}

const deliverInTime = async (mail: MailOfRound): Promise<Outcome> => {
  const { noticeId } = mail;
  try {
    await deliverNotice.executeWithOptions({ summary: `Send the mail of notice ${noticeId}` }, [mail]);
    return { noticeId, isSent: true };
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return giveUp(mail, reasonOf(error.cause));
  }
};

const giveUp = async (mail: MailOfRound, why: string): Promise<Outcome> => {
  await giveUpNotice(mail, why);
  return { noticeId: mail.noticeId, isSent: false };
};

// When the three days are over, the cause is the failure of the last try, of no type that says anything.
const reasonOf = (cause: Error | undefined): string =>
  cause instanceof ApplicationFailure && cause.nonRetryable === true ? (cause.type ?? 'refused') : 'timeout';
