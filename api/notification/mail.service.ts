import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Transporter } from 'nodemailer';
import type { MailOfBatch } from '../../workflows/notification/mail-batch.ts';
import { execute } from '../db/prepared.ts';
import { contentOf, type Digest, sortOut, waitingOf } from './digest.ts';

export interface MailSettings {
  from: string;
  /** The web address that links start with. */
  publicUrl: string;
}

/** Nobody can send it, now or later: what it should say cannot be written. */
export class UnsendableMail extends Error {
  override name = 'UnsendableMail';
}

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
  const waiting = digest.notifications.filter(({ state }) => state === 'pending');
  if (waiting.length === 0 && digest.notifications.some(({ state }) => state === 'sent')) return;
  try {
    const { sendable, unsendable } = sortOut(waiting, settings.publicUrl);
    const [first, ...others] = sendable;
    if (!first) throw unsendableMail(digest.notificationId);
    for (const { notificationId } of unsendable) await noteUnsendable(em, digest.batch, notificationId);
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
  await insist(() => noteSent(em, digest));
};

const unsendableMail = (notificationId: number): UnsendableMail =>
  new UnsendableMail(`The notification ${notificationId} makes no mail`);

const tried = 'update notification.mail set attempts = attempts + 1,';
const wordsOf = (error: unknown): string => String(error).slice(0, 500);

const noteUnsendable = async (em: EntityManager, batch: string, notificationId: number): Promise<void> => {
  const sql = `${tried} state = 'failed', last_error = ? where notification_id = ? and batch = ? and state = 'pending'`;
  await execute(em, sql, [wordsOf(unsendableMail(notificationId)), notificationId, batch]);
};

const noteFailure = async (
  em: EntityManager,
  { notificationId, batch }: MailOfBatch,
  error: unknown,
): Promise<void> => {
  await execute(em, `${tried} last_error = ? ${waitingOf}`, [wordsOf(error), notificationId, batch]);
};

const noteSent = async (em: EntityManager, { notificationId, batch }: MailOfBatch): Promise<void> => {
  const sql = `${tried} state = 'sent', sent_at = now(), last_error = null ${waitingOf}`;
  await execute(em, sql, [notificationId, batch]);
};

/** Within the time that the delivery workflow gives a try, after the longest that a mail server may take. */
const insistMs = 15_000;
const pauseMs = 100;

/** The digest is out: what only failed to note that must not send it again. @throws what still fails at the end. */
const insist = async (note: () => Promise<void>): Promise<void> => {
  for (const end = Date.now() + insistMs; ; await sleep(pauseMs)) {
    try {
      return await note();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
};

/** Notes that the digest will not be tried again, and why; its mails stay visible. */
export const giveUpMail = async (
  em: EntityManager,
  { notificationId, batch }: MailOfBatch,
  why: string,
): Promise<void> => {
  const sql = `update notification.mail set state = 'failed', last_error = ? ${waitingOf}`;
  await execute(em, sql, [why, notificationId, batch]);
};

/** Notes a digest as sent that was sent before its rows came back from a backup. */
export const noteMailSent = async (
  em: EntityManager,
  { notificationId, batch }: MailOfBatch,
  at: Date,
): Promise<void> => {
  const sql = `update notification.mail set state = 'sent', sent_at = ?, last_error = null ${waitingOf}`;
  await execute(em, sql, [at, notificationId, batch]);
};
