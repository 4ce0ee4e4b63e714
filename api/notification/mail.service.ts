import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Transporter } from 'nodemailer';
import type { MailOfRound } from '../../workflows/notification/round.ts';
import { execute } from '../db/prepared.ts';
import { Mail } from './notice.entity.ts';

export interface MailSettings {
  from: string;
  /** The web address that links start with. */
  publicUrl: string;
}

/** Nobody can send it, now or later: what it should say cannot be written. */
export class UnsendableMail extends Error {
  override name = 'UnsendableMail';
}

/** A mail with all that it is written from. */
export interface Letter extends MailOfRound {
  state: Mail['state'];
  messageId: string;
  readerId: number;
  ticket: string;
  title: string;
  body: string;
  link: string;
}

/** The mails of a round as they are to be written: of all its notices, or of this one. */
export const lettersOf = (em: EntityManager, round: string, noticeId: number | null = null): Promise<Letter[]> =>
  execute<Letter>(
    em,
    `select m.notice_id as "noticeId", m.round, m.state, m.message_id as "messageId", n.user_id as "readerId",
       n.ticket, n.title, n.body, n.link
     from notification.mail m join notification.notice n on n.id = m.notice_id
     where m.round = ? and m.notice_id = coalesce(?::int, m.notice_id) order by m.notice_id`,
    [round, noticeId],
  );

const contentOf = (letter: Letter, publicUrl: string): { subject: string; text: string } => {
  try {
    return {
      subject: `[${letter.ticket}] ${letter.title}`,
      text: `${letter.body}\n\n${new URL(letter.link, publicUrl)}\n`,
    };
  } catch (cause) {
    throw new UnsendableMail(`The notice ${letter.noticeId} makes no mail`, { cause });
  }
};

/**
 * Sends a mail once. A letter that says it is sent is left alone; a crash between sending and noting can make a copy,
 * which bears the same Message-ID.
 * @throws UnsendableMail, or what the mail server answers; both are noted on the mail.
 */
export const deliverMail = async (
  em: EntityManager,
  transport: Transporter,
  settings: MailSettings,
  letter: Letter,
  address: string,
): Promise<void> => {
  if (letter.state === 'sent') return;
  try {
    await transport.sendMail({
      from: settings.from,
      // As it is: read as a header, `two words@example.com` would go to somebody else.
      to: { name: '', address },
      ...contentOf(letter, settings.publicUrl),
      messageId: letter.messageId,
    });
  } catch (error) {
    await noteFailure(em, letter, error);
    throw error;
  }
  await insist(() => noteSent(em, letter));
};

const ofRound = 'where notice_id = ? and round = ?';

const noteFailure = async (em: EntityManager, { noticeId, round }: MailOfRound, error: unknown): Promise<void> => {
  const said = String(error).slice(0, 500);
  const sql = `update notification.mail set attempts = attempts + 1, last_error = ? ${ofRound}`;
  await execute(em, sql, [said, noticeId, round]);
};

const noteSent = async (em: EntityManager, { noticeId, round }: MailOfRound): Promise<void> => {
  const sql = `update notification.mail set state = 'sent', sent_at = now(), last_error = null, attempts = attempts + 1 ${ofRound}`;
  await execute(em, sql, [noticeId, round]);
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
export const giveUpMail = async (em: EntityManager, mail: MailOfRound, why: string): Promise<void> => {
  await em.nativeUpdate(Mail, { ...mail, state: 'pending' }, { state: 'failed', lastError: why });
};

/** Notes a mail as sent that was sent before the row came back from a backup. */
export const noteMailSent = async (em: EntityManager, mail: MailOfRound, at: Date): Promise<void> => {
  await em.nativeUpdate(Mail, { ...mail, state: 'pending' }, { state: 'sent', sentAt: at, lastError: null });
};
