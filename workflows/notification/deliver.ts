import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { NotificationActivities } from '../../activities/notification.ts';

const summary = 'Send the mail';

// Within the flow's first task: a mail that is taken at once costs Temporal half of what an activity does.
const { deliverNotice: deliverAtOnce } = proxyLocalActivities<NotificationActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumAttempts: 1 },
  summary,
});

const { deliverNotice } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  // A mail server may be away for hours. Pauses grow, so that two hundred mails ask it once a second at most, and no
  // further than to five minutes: soon after its return all of them are out. After three days nobody waits any more.
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  summary,
});

const { giveUpNotice } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
  summary: 'Note that the mail was given up',
});

/** Brings one notice to its reader by mail. The notice itself stands in the app since the change that caused it. */
export async function deliverNotification({ noticeId }: { noticeId: number }): Promise<'sent' | 'given_up'> {
  try {
    if (!(await isSentAtOnce(noticeId))) await deliverNotice(noticeId);
    return 'sent';
  } catch (error) {
    const cause = causeOf(error);
    if (!cause) throw error;
    await giveUpNotice(noticeId, reasonOf(cause));
    return 'given_up';
  }
}

/** @throws ApplicationFailure when it is refused for good. */
const isSentAtOnce = async (noticeId: number): Promise<boolean> => {
  try {
    await deliverAtOnce(noticeId);
    return true;
  } catch (error) {
    if (isCancellation(error) || isForGood(error)) throw error;
    return false;
  }
};

const isForGood = (error: unknown): error is ApplicationFailure =>
  error instanceof ApplicationFailure && error.nonRetryable === true;

// A local activity fails with its own failure, another one with a failure that has it as its cause.
const causeOf = (error: unknown): Error | undefined => {
  if (error instanceof ActivityFailure) return error.cause;
  return isForGood(error) ? error : undefined;
};

// When the three days are over, the cause is the failure of the last try, of no type that says anything.
const reasonOf = (cause: Error): string => (isForGood(cause) ? (cause.type ?? 'refused') : 'timeout');
