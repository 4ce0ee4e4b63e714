import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { NotificationActivities } from '../../activities/notification.ts';

const { deliverNotice } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  // A mail server may be away for hours. Pauses grow, so that two hundred mails ask it once a second at most, and no
  // further than to five minutes: soon after its return all of them are out. After three days nobody waits any more.
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  summary: 'Send the mail',
});

const { giveUpNotice } = proxyActivities<NotificationActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
  summary: 'Note that the mail was given up',
});

/** Brings one notice to its reader by mail. The notice itself stands in the app since the change that caused it. */
export async function deliverNotification({ noticeId }: { noticeId: number }): Promise<'sent' | 'given_up'> {
  try {
    await deliverNotice(noticeId);
    return 'sent';
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await giveUpNotice(noticeId, reasonOf(error.cause));
    return 'given_up';
  }
}

// When the three days are over, the cause is the failure of the last try, of no type that says anything.
const reasonOf = (cause: unknown): string =>
  cause instanceof ApplicationFailure && cause.nonRetryable ? (cause.type ?? 'refused') : 'timeout';
