import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Transporter } from 'nodemailer';
import { Mail, Notice } from './notice.entity.ts';

export interface MailSettings {
  from: string;
  /** The web address that links start with. */
  publicUrl: string;
}

/** Nobody can send it, now or later: what it should say cannot be written. */
export class UnsendableMail extends Error {
  override name = 'UnsendableMail';
}

const contentOf = (notice: Notice, publicUrl: string): { subject: string; text: string } => {
  try {
    return {
      subject: `[${notice.ticket}] ${notice.title}`,
      text: `${notice.body}\n\n${new URL(notice.link, publicUrl)}\n`,
    };
  } catch (cause) {
    throw new UnsendableMail(`The notice ${notice.id} makes no mail`, { cause });
  }
};

/** @throws when there is no such notice. */
export const recipientOf = async (em: EntityManager, noticeId: number): Promise<number> =>
  (await em.findOneOrFail(Notice, { id: noticeId })).userId;

/**
 * Sends the mail of a notice once. A second call after success sends nothing; a crash between sending and noting can
 * make a copy, which bears the same Message-ID.
 * @throws UnsendableMail, or what the mail server answers; both are noted on the mail.
 */
export const deliverMail = async (
  em: EntityManager,
  transport: Transporter,
  settings: MailSettings,
  noticeId: number,
  address: string,
): Promise<void> => {
  const mail = await em.findOneOrFail(Mail, { noticeId });
  if (mail.state === 'sent') return;
  const notice = await em.findOneOrFail(Notice, { id: noticeId });
  mail.attempts += 1;
  try {
    await transport.sendMail({
      from: settings.from,
      // As it is: read as a header, `two words@example.com` would go to somebody else.
      to: { name: '', address },
      ...contentOf(notice, settings.publicUrl),
      messageId: mail.messageId,
    });
  } catch (error) {
    mail.lastError = String(error).slice(0, 500);
    await em.flush();
    throw error;
  }
  await insist(() => noteSent(em.fork(), mail));
};

const noteSent = async (em: EntityManager, { noticeId, attempts }: Mail): Promise<void> => {
  await em.nativeUpdate(Mail, { noticeId }, { state: 'sent', sentAt: new Date(), lastError: null, attempts });
};

const insistMs = 5_000;
const pauseMs = 100;

/** The mail is out: what only failed to note that must not send it again. @throws what still fails after five seconds. */
const insist = async (note: () => Promise<void>): Promise<void> => {
  for (const end = Date.now() + insistMs; ; await sleep(pauseMs)) {
    try {
      return await note();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
};

/** Notes that the mail will not be tried again, and why; it stays visible. */
export const giveUpMail = async (em: EntityManager, noticeId: number, why: string): Promise<void> => {
  await em.nativeUpdate(Mail, { noticeId, state: 'pending' }, { state: 'failed', lastError: why });
};

/** Notes a mail as sent that was sent before the row came back from a backup. */
export const noteMailSent = async (em: EntityManager, noticeId: number, at: Date): Promise<void> => {
  await em.nativeUpdate(Mail, { noticeId, state: 'pending' }, { state: 'sent', sentAt: at, lastError: null });
};
