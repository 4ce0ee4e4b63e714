import type { EntityManager } from '@mikro-orm/postgresql';
import { ApplicationFailure } from '@temporalio/activity';
import { createTransport, type Transporter } from 'nodemailer';
import { type Person, peopleByIds } from '../../api/auth/people.service.ts';
import type { Context } from '../../api/context.ts';
import { type Digest, digestsOf, findDigest } from '../../api/notification/digest.ts';
import { deliverMail, giveUpMail } from '../../api/notification/mail.service.ts';
import {
  type DigestOfBatch,
  digestOf,
  type EarlierDigest,
  type FirstTry,
} from '../../workflows/notification/mail-batch.ts';
import { failureForGood, isAnswer } from './mail-errors.ts';

/** How long a batch goes on trying new digests, in milliseconds: the rest have tries of their own. */
const batchMs = 4_000;
const timeouts = { connectionTimeout: 5_000, socketTimeout: 10_000 };

/** What the delivery workflow does: it sends mail, to the address that auth knows at that moment. */
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
      throw failureForGood(error) ?? error;
    }
  };

  /**
   * Sends the digests of a batch one after the other over one connection: a crash leaves at most one that is out and not
   * noted.
   */
  const deliverBatch = async (batch: string): Promise<FirstTry> => {
    const em = orm.em.fork();
    const digests = await digestsOf(em, batch);
    const readers = await readersOf(em, digests);
    const { sent, refused }: FirstTry = { sent: [], refused: [] };
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
  };

  /** Sends one digest. What the server refuses for good, or nobody can send, ends the tries; the rest does not. */
  const deliverDigest = async (given: DigestOfBatch | EarlierDigest): Promise<void> => {
    const em = orm.em.fork();
    const wanted = digestOf(given);
    const digest = await findDigest(em, wanted);
    // After a restored backup it is no digest any more, or goes out with another batch.
    if (!digest) {
      const why = `No digest of this batch begins with notification ${wanted.notificationId}`;
      throw ApplicationFailure.nonRetryable(why, 'no_mail');
    }
    await send(em, transport, digest, await readersOf(em, [digest]));
  };

  const giveUpDigest = (given: DigestOfBatch | EarlierDigest, why: string): Promise<void> =>
    giveUpMail(orm.em.fork(), digestOf(given), why);

  // These names stand in the histories of running workflows, so Temporal goes on knowing the activities by them.
  return { deliverRound: deliverBatch, deliverNotice: deliverDigest, giveUpNotice: giveUpDigest };
};
export type NotificationActivities = ReturnType<typeof createNotificationActivities>;
