import type { EntityManager } from '@mikro-orm/postgresql';
import type { Transporter } from 'nodemailer';
import pRetry from 'p-retry';
import type { DigestOfBatch } from '../../workflows/notification/mail-batch.ts';
import { contentOf, type Digest, sortOut } from './digest.ts';
import { notification } from './notification.tables.ts';

export interface MailSettings {
  from: string;
  /** The web address that links start with. */
  publicUrl: string;
}

/** Nobody can send it, now or later: what it should say cannot be written. */
export class UnsendableMail extends Error {
  override name = 'UnsendableMail';
}

// The digest is out: what only failed to note that must not send it again. Fifteen seconds more than the longest that a
// mail server may take are still within the time that the delivery workflow gives a try.
const noteAgain = { retries: Number.POSITIVE_INFINITY, factor: 1, minTimeout: 100, maxRetryTime: 15_000 };

/**
 * Sends a digest once. One that says it is sent is left alone; a crash between sending and noting can make a copy, which
 * bears the same Message-ID. A notification that makes no mail is given up by itself, so that the others go out.
 * @throws UnsendableMail, or what the mail server answers; both are noted on the mails.
 */
export const deliverMail = async (
  em: EntityManager,
  transport: Transporter,
  settings: MailSettings,
  digest: Digest,
  address: string,
): Promise<void> => {
  const pending = digest.entries.filter(({ state }) => state === 'pending');
  if (pending.length === 0 && digest.entries.some(({ state }) => state === 'sent')) return;
  try {
    const { sendable, unsendable } = sortOut(pending, settings.publicUrl);
    const [first, ...others] = sendable;
    if (!first) throw unsendableMail(digest.notificationId);
    for (const { notificationId } of unsendable) await noteUnsendable(em, digest, notificationId);
    await transport.sendMail({
      from: settings.from,
      // As it is: read as a header, `two words@example.com` would go to somebody else.
      to: { name: '', address },
      ...contentOf(first, ...others),
      messageId: digest.messageId,
    });
  } catch (error) {
    await noteFailure(em, digest, error);
    throw error;
  }
  await pRetry(() => noteSent(em, digest), noteAgain);
};

const unsendableMail = (notificationId: number): UnsendableMail =>
  new UnsendableMail(`The notification ${notificationId} makes no mail`);

const wordsOf = (error: unknown): string => String(error).slice(0, 500);

/** Changes the mails of a digest that are neither sent nor given up. */
const updatePending = (em: EntityManager, { notificationId, batch }: DigestOfBatch) =>
  notification(em)
    .updateTable('notification.mail')
    .where((eb) => eb(eb.fn.coalesce('digest', 'notification_id'), '=', notificationId))
    .where('batch', '=', batch)
    .where('state', '=', 'pending');

const noteUnsendable = async (em: EntityManager, digest: DigestOfBatch, notificationId: number): Promise<void> => {
  await updatePending(em, digest)
    .where('notification_id', '=', notificationId)
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      state: 'failed',
      last_error: wordsOf(unsendableMail(notificationId)),
    }))
    .execute();
};

const noteFailure = async (em: EntityManager, digest: DigestOfBatch, error: unknown): Promise<void> => {
  await updatePending(em, digest)
    .set((eb) => ({ attempts: eb('attempts', '+', 1), last_error: wordsOf(error) }))
    .execute();
};

const noteSent = async (em: EntityManager, digest: DigestOfBatch): Promise<void> => {
  await updatePending(em, digest)
    .set((eb) => ({ attempts: eb('attempts', '+', 1), state: 'sent', sent_at: new Date(), last_error: null }))
    .execute();
};

/** Notes that the digest will not be tried again, and why; its mails stay visible. */
export const giveUpMail = async (em: EntityManager, digest: DigestOfBatch, why: string): Promise<void> => {
  await updatePending(em, digest).set({ state: 'failed', last_error: why }).execute();
};

/** Notes a digest as sent that was sent before its rows came back from a backup. */
export const noteMailSent = async (em: EntityManager, digest: DigestOfBatch, at: Date): Promise<void> => {
  await updatePending(em, digest).set({ state: 'sent', sent_at: at, last_error: null }).execute();
};

/** Takes a digest out of its batch, which is lost: it goes out with the next one. */
export const leaveBatch = async (em: EntityManager, digest: DigestOfBatch): Promise<void> => {
  await updatePending(em, digest).set({ batch: null }).execute();
};
