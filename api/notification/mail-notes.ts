import type { EntityManager } from '@mikro-orm/postgresql';
import type { DigestOfBatch } from '../../workflows/notification/mail-batch.ts';
import { unsent } from './notification.entity.ts';
import { notification } from './notification.tables.ts';

// What is noted about the mails of a digest.

/** Runs it until it succeeds, or as long as that makes sense. */
export type Persistence = (work: () => Promise<void>) => Promise<void>;

const longestText = 500;
// The text of the mail server itself, for whoever looks for the reason.
const wordsOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return String(cause).slice(0, longestText);
};

const mailsOf = (em: EntityManager, { notificationId, batch }: DigestOfBatch) =>
  notification(em)
    .updateTable('notification.mail')
    .where((eb) => eb(eb.fn.coalesce('digest', 'notification_id'), '=', notificationId))
    .where('batch', '=', batch);

/** Changes the mails of a digest that are neither sent nor given up. */
const updateUnsent = (em: EntityManager, digest: DigestOfBatch) => mailsOf(em, digest).where('state', 'in', unsent);

interface Claimed {
  /** The notifications whose mail is to be sent now. */
  mails: ReadonlySet<number>;
  /** None is left, and the digest is out. */
  isSent: boolean;
  unknownOutcomes: number;
}

/** Notes that a digest is being sent. Its sender holds the lock: if it is noted already, that sender has crashed. */
export const claim = async (em: EntityManager, digest: DigestOfBatch): Promise<Claimed> => {
  const claimed = await updateUnsent(em, digest)
    .set((eb) => ({ attempts: eb('attempts', '+', 1), state: 'sending' }))
    .returning(['notification_id as id', 'unknown_outcomes as unknownOutcomes'])
    .execute();
  const mails = new Set(claimed.map(({ id }) => id));
  const unknownOutcomes = Math.max(0, ...claimed.map((mail) => mail.unknownOutcomes));
  if (mails.size > 0) return { mails, isSent: false, unknownOutcomes };
  const sent = await notification(em)
    .selectFrom('notification.mail')
    .select('notification_id')
    .where((eb) => eb(eb.fn.coalesce('digest', 'notification_id'), '=', digest.notificationId))
    .where('batch', '=', digest.batch)
    .where('state', '=', 'sent')
    .limit(1)
    .executeTakeFirst();
  return { mails, isSent: sent !== undefined, unknownOutcomes };
};

/** Notes that one notification of a digest makes no mail, now or later. */
export const noteUnsendable = async (
  em: EntityManager,
  digest: DigestOfBatch,
  notificationId: number,
): Promise<void> => {
  await updateUnsent(em, digest)
    .where('notification_id', '=', notificationId)
    .set({ state: 'failed', last_error: `The notification ${notificationId} makes no mail` })
    .execute();
};

/** Notes why a try has failed. `isUnknown`: the mail may be out nevertheless. */
export const noteFailure = async (
  em: EntityManager,
  digest: DigestOfBatch,
  error: unknown,
  isUnknown: boolean,
): Promise<void> => {
  await updateUnsent(em, digest)
    .set((eb) => ({
      state: 'pending',
      last_error: wordsOf(error),
      unknown_outcomes: eb('unknown_outcomes', '+', isUnknown ? 1 : 0),
    }))
    .execute();
};

/** Notes a digest as sent. */
export const noteSent = async (em: EntityManager, digest: DigestOfBatch, at = new Date()): Promise<void> => {
  await updateUnsent(em, digest).set({ state: 'sent', sent_at: at, last_error: null }).execute();
};

/** Notes that the digest will not be tried again, and why; its mails stay visible. */
export const giveUpMail = async (em: EntityManager, digest: DigestOfBatch, why: string): Promise<void> => {
  await updateUnsent(em, digest).set({ state: 'failed', last_error: why }).execute();
};

/** Takes a digest out of its batch, which is lost: it goes out with the next one. */
export const leaveBatch = async (em: EntityManager, digest: DigestOfBatch): Promise<void> => {
  await updateUnsent(em, digest).set({ batch: null, state: 'pending' }).execute();
};
