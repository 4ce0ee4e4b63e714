import type { EntityManager } from '@mikro-orm/postgresql';
import { ApplicationFailure } from '@temporalio/activity';
import { createTransport, type Transporter } from 'nodemailer';
import { type Person, peopleByIds } from '../api/auth/people.service.ts';
import type { Context } from '../api/context.ts';
import { type Letter, lettersOf } from '../api/notification/letter.ts';
import { deliverMail, giveUpMail, UnsendableMail } from '../api/notification/mail.service.ts';
import type { MailOfRound } from '../workflows/notification/round.ts';

/** How long a round goes on trying new letters, in milliseconds: the rest have tries of their own. */
const roundMs = 4_000;
const timeouts = { connectionTimeout: 5_000, socketTimeout: 10_000 };

/** What the delivery flow does: mail, with the address looked up in auth at the moment of sending. */
export const createNotificationActivities = ({ orm, config, log }: Pick<Context, 'orm' | 'config' | 'log'>) => {
  const url = config.SMTP_URL;
  const transport = createTransport({ url, ...timeouts });
  const settings = { from: config.MAIL_FROM, publicUrl: config.PUBLIC_URL };

  const readersOf = (em: EntityManager, letters: readonly Letter[]) =>
    peopleByIds(
      em,
      letters.map(({ readerId }) => readerId),
    );

  const send = async (
    em: EntityManager,
    by: Transporter,
    letter: Letter,
    readers: ReadonlyMap<number, Person>,
  ): Promise<void> => {
    const reader = readers.get(letter.readerId);
    if (!reader?.active) throw ApplicationFailure.nonRetryable('This user may not sign in any more', 'no_reader');
    try {
      await deliverMail(em, by, settings, letter, reader.email);
    } catch (error) {
      throw forGood(error) ?? error;
    }
  };

  return {
    /**
     * Sends the letters of a round one after the other over one connection: a crash leaves at most one that is out and
     * not noted. Answers by their first notices which are out, and which nobody can send; those that it does not name
     * are to be tried again.
     */
    deliverRound: async (round: string): Promise<{ sent: number[]; refused: { noticeId: number; why: string }[] }> => {
      const em = orm.em.fork();
      const letters = await lettersOf(em, round);
      const readers = await readersOf(em, letters);
      const sent: number[] = [];
      const refused: { noticeId: number; why: string }[] = [];
      const end = Date.now() + roundMs;
      const connection = createTransport({ url, ...timeouts, pool: true, maxConnections: 1 });
      try {
        for (const letter of letters) {
          if (Date.now() > end) break;
          const { noticeId } = letter;
          try {
            await send(em, connection, letter, readers);
            sent.push(noticeId);
          } catch (error) {
            log.debug({ noticeId, error }, 'mail not taken at once');
            if (error instanceof ApplicationFailure) refused.push({ noticeId, why: error.type ?? 'refused' });
            // Without an answer the server is away, for the next letter, too.
            else if (!isAnswer(error)) break;
          }
        }
      } finally {
        connection.close();
      }
      return { sent, refused };
    },

    /** Sends one letter of a round. What the server refuses for good, or nobody can send, ends the tries; the rest does not. */
    deliverNotice: async ({ noticeId, round }: MailOfRound): Promise<void> => {
      const em = orm.em.fork();
      const letters = await lettersOf(em, round, noticeId);
      const [letter] = letters;
      // After a restored backup it is no letter any more, or goes out with another round.
      if (!letter)
        throw ApplicationFailure.nonRetryable(`No letter of this round begins with notice ${noticeId}`, 'no_mail');
      await send(em, transport, letter, await readersOf(em, letters));
    },

    giveUpNotice: (mail: MailOfRound, why: string): Promise<void> => giveUpMail(orm.em.fork(), mail, why),
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
