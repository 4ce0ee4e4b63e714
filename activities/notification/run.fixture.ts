import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { Context } from '../../api/context.ts';
import type { DigestOfBatch } from '../../workflows/notification/mail-batch.ts';
import { createNotificationActivities } from './notification.activities.ts';

// Failures that a test expects would flood the report.
const logger = new DefaultLogger('ERROR');

/** The activities as a test calls them, each time as a try of its own. */
export const openActivities = (context: Pick<Context, 'orm' | 'config' | 'log'>) => {
  const activities = createNotificationActivities(context);
  const asActivity =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>, heartbeatDetails?: unknown) =>
    (...args: Args): Promise<Result> =>
      new MockActivityEnvironment({ heartbeatDetails }, { logger }).run(work, ...args);
  return {
    ...activities,
    sendMail: asActivity(activities.sendMail),
    sendMailBatch: asActivity(activities.sendMailBatch),
    deliverNotice: asActivity(activities.deliverNotice),
    /** One digest after a try whose last heartbeat said that it is sent. */
    resumeMail: (digest: DigestOfBatch) => asActivity(activities.sendMail, { sent: [digest.notificationId] })(digest),
    /** The batch after a try whose last heartbeat said this. */
    resumeMailBatch: (batch: string, sent: number[]) => asActivity(activities.sendMailBatch, { sent })(batch),
  };
};
export type OpenActivities = ReturnType<typeof openActivities>;
