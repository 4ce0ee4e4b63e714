import type { EntityManager } from '@mikro-orm/postgresql';
import { Context as ActivityContext } from '@temporalio/activity';
import { type Person, peopleByIds } from '../../api/auth/people.service.ts';
import type { Context } from '../../api/context.ts';
import { ticketSubjects } from '../../api/helpdesk/subjects.service.ts';
import type { Digest } from '../../api/notification/digest.ts';
import { deliverMail } from '../../api/notification/mail.service.ts';
import { openMailConnection } from '../../api/notification/mail-connection.ts';
import { MailFailure } from '../../api/notification/mail-failure.ts';
import { openMailLocks } from '../../api/notification/mail-lock.ts';
import { noteSent } from '../../api/notification/mail-notes.ts';
import { createTurns } from '../../api/notification/mail-turns.ts';
import { earlierProgress, type Progress, persistWhileRunning, withHeartbeats } from './heartbeats.ts';

/** Sends one digest to the address that auth knows now. @throws MailFailure, or the error of PostgreSQL. */
export type SendDigest = (digest: Digest) => Promise<void>;

/** For an activity whose earlier try has sent everything. */
const nothingToSend = { send: async (): Promise<void> => undefined, close: async (): Promise<void> => undefined };

/**
 * Lets an activity send digests over one connection, while heartbeats tell what has been sent. What an earlier try of the same
 * activity has sent, but could not note, is noted and not sent again.
 */
export const createMailRoom = ({ orm, config, log }: Pick<Context, 'orm' | 'config' | 'log'>) => {
  const inTurn = createTurns();
  const settings = { from: config.MAIL_FROM, publicUrl: config.PUBLIC_URL };
  const server = { url: config.SMTP_URL, answerSeconds: config.MAIL_ANSWER_SECONDS };

  const noteEarlier = async (em: EntityManager, digests: readonly Digest[], { sent }: Progress): Promise<Digest[]> => {
    const isSent = ({ notificationId }: Digest): boolean => sent.includes(notificationId);
    for (const digest of digests.filter(isSent)) await noteSent(em, digest);
    return digests.filter((digest) => !isSent(digest));
  };

  const senderFor = async (em: EntityManager, digests: readonly Digest[], progress: Progress) => {
    const [readers, subjects, locks] = await Promise.all([
      peopleByIds(
        em.fork(),
        digests.map(({ readerId }) => readerId),
      ),
      ticketSubjects(
        em.fork(),
        digests.flatMap(({ entries }) => entries.map(({ ticket }) => ticket)),
      ),
      openMailLocks(config.DATABASE_URL, log),
    ]);
    const connection = openMailConnection(server);
    const activity = ActivityContext.current();
    const taken = ({ notificationId }: Digest): void => {
      progress.sent.push(notificationId);
      activity.heartbeat(progress);
    };
    const room = { settings, connection, locks, subjects, inTurn, taken, persist: persistWhileRunning() };
    return {
      send: async (digest: Digest): Promise<void> => {
        const reader: Person | undefined = readers.get(digest.readerId);
        if (!reader?.active) throw new MailFailure('no_reader', { permanent: true });
        await deliverMail(em, digest, reader.email, room);
      },
      async close() {
        connection.close();
        await locks.end();
      },
    };
  };

  /** Calls `work` with the digests that are left, and a way to send them. */
  return async <Result>(
    digests: readonly Digest[],
    work: (left: readonly Digest[], send: SendDigest) => Promise<Result>,
  ): Promise<Result> => {
    const progress = earlierProgress();
    return withHeartbeats(progress, async () => {
      const em = orm.em.fork();
      const left = await noteEarlier(em, digests, progress);
      const sender = left.length === 0 ? nothingToSend : await senderFor(em, left, progress);
      try {
        return await work(left, sender.send);
      } finally {
        await sender.close();
      }
    });
  };
};
