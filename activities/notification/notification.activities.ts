import type { EntityManager } from '@mikro-orm/postgresql';
import { ApplicationFailure } from '@temporalio/activity';
import { createTransport, type Transporter } from 'nodemailer';
import { type Person, peopleByIds } from '../../api/auth/people.service.ts';
import type { Context } from '../../api/context.ts';
import { type Digest, digestsOf } from '../../api/notification/digest.ts';
import { deliverMail, giveUpMail, UnsendableMail } from '../../api/notification/mail.service.ts';
import type { MailOfBatch } from '../../workflows/notification/mail-batch.ts';

/** How long a batch goes on trying new digests, in milliseconds: the rest have tries of their own. */
const batchMs = 4_000;
const timeouts = { connectionTimeout: 5_000, socketTimeout: 10_000 };

/** What the delivery workflow does: mail, with the address looked up in auth at the moment of sending. */
export const createNotificationActivities = ({ orm, config, log }: Pick<Context, 'orm' | 'config' | 'log'>) => {
  const url = config.SMTP_URL;
  const transport = createTransport({ url, ...timeouts });
  const settings = { from: config.MAIL_FROM, publicUrl: config.PUBLIC_URL };

  const readersOf = (em: EntityManager, digests: readonly Digest[]) =>
    peopleByIds(
      em,
      digests.map(({ readerId }) => readerId),
    );

  const send = async (
    em: EntityManager,
    by: Transporter,
    digest: Digest,
    readers: ReadonlyMap<number, Person>,
  ): Promise<void> => {
    const reader = readers.get(digest.readerId);
    if (!reader?.active) throw ApplicationFailure.nonRetryable('This user may not sign in any more', 'no_reader');
    try {
      await deliverMail(em, by, settings, digest, reader.email);
    } catch (error) {
      throw forGood(error) ?? error;
    }
  };

  return {
    /**
     * Sends the digests of a batch one after the other over one connection: a crash leaves at most one that is out and
     * not noted. Answers by their first notifications which are out, and which nobody can send; those that it does not name
     * are to be tried again.
     */
    deliverRound: async (
      batch: string,
    ): Promise<{ sent: number[]; refused: { notificationId: number; why: string }[] }> => {
      const em = orm.em.fork();
      const digests = await digestsOf(em, batch);
      const readers = await readersOf(em, digests);
      const sent: number[] = [];
      const refused: { notificationId: number; why: string }[] = [];
      const end = Date.now() + batchMs;
      const connection = createTransport({ url, ...timeouts, pool: true, maxConnections: 1 });
      try {
        for (const digest of digests) {
          if (Date.now() > end) break;
          const { notificationId } = digest;
          try {
            await send(em, connection, digest, readers);
            sent.push(notificationId);
          } catch (error) {
            log.debug({ notificationId, error }, 'mail not taken at once');
            if (error instanceof ApplicationFailure) refused.push({ notificationId, why: error.type ?? 'refused' });
            // Without an answer the server is away, for the next digest, too.
            else if (!isAnswer(error)) break;
          }
        }
      } finally {
        connection.close();
      }
      return { sent, refused };
    },

    /** Sends one digest of a batch. What the server refuses for good, or nobody can send, ends the tries; the rest does not. */
    deliverNotice: async ({ notificationId, batch }: MailOfBatch): Promise<void> => {
      const em = orm.em.fork();
      const digests = await digestsOf(em, batch, notificationId);
      const [digest] = digests;
      // After a restored backup it is no digest any more, or goes out with another batch.
      if (!digest)
        throw ApplicationFailure.nonRetryable(
          `No digest of this batch begins with notification ${notificationId}`,
          'no_mail',
        );
      await send(em, transport, digest, await readersOf(em, digests));
    },

    giveUpNotice: (mail: MailOfBatch, why: string): Promise<void> => giveUpMail(orm.em.fork(), mail, why),
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

/** The mail server itself has spoken. */
const isAnswer = (error: unknown): error is Error & { responseCode: number } =>
  error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number';

// SMTP: 5xx is for good, 4xx passes. Before it heard of recipient and text the server refused us and not the mail, by a
// wrong password for one: that is mended, and then the mail goes out.
const isRefused = (error: unknown): boolean =>
  isAnswer(error) &&
  'command' in error &&
  (error.command === 'RCPT TO' || error.command === 'DATA') &&
  error.responseCode >= 500;
