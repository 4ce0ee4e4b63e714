import { ApplicationFailure } from '@temporalio/activity';
import { createTransport } from 'nodemailer';
import { peopleByIds } from '../api/auth/people.service.ts';
import type { Context } from '../api/context.ts';
import { deliverMail, giveUpMail, recipientOf, UnsendableMail } from '../api/notification/mail.service.ts';

/** What the delivery flow does: mail, with the address looked up in auth at the moment of sending. */
export const createNotificationActivities = ({ orm, config }: Pick<Context, 'orm' | 'config'>) => {
  const transport = createTransport({ url: config.SMTP_URL, connectionTimeout: 5_000, socketTimeout: 10_000 });
  const settings = { from: config.MAIL_FROM, publicUrl: config.PUBLIC_URL };
  return {
    /** Sends the mail of a notice. What the server refuses for good, or nobody can send, ends the tries; the rest does not. */
    deliverNotice: async (noticeId: number): Promise<void> => {
      const em = orm.em.fork();
      const userId = await recipientOf(em, noticeId);
      const reader = (await peopleByIds(em, [userId])).get(userId);
      if (!reader?.active) throw ApplicationFailure.nonRetryable('This user may not sign in any more', 'no_reader');
      try {
        await deliverMail(em, transport, settings, noticeId, reader.email);
      } catch (error) {
        throw forGood(error) ?? error;
      }
    },

    giveUpNotice: (noticeId: number, why: string): Promise<void> => giveUpMail(orm.em.fork(), noticeId, why),
  };
};
export type NotificationActivities = ReturnType<typeof createNotificationActivities>;

const forGood = (error: unknown): ApplicationFailure | null => {
  if (isRefused(error)) return ApplicationFailure.nonRetryable('The mail server refused it', 'refused_address');
  if (hasNoAddress(error)) return ApplicationFailure.nonRetryable('This user has no mail address', 'no_address');
  if (error instanceof UnsendableMail) return ApplicationFailure.nonRetryable(error.message, 'unsendable');
  return null;
};

// What nodemailer finds by itself, before it asks the server: there is nothing that could be an address.
const hasNoAddress = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'EENVELOPE' &&
  'command' in error &&
  error.command === 'API';

// SMTP: 5xx is for good, 4xx passes. Before it heard of recipient and text the server refused us and not the mail, by a
// wrong password for one: that is mended, and then the mail goes out.
const isRefused = (error: unknown): boolean =>
  error instanceof Error &&
  'command' in error &&
  (error.command === 'RCPT TO' || error.command === 'DATA') &&
  'responseCode' in error &&
  typeof error.responseCode === 'number' &&
  error.responseCode >= 500;
