import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Transporter } from 'nodemailer';
import type { MailOfRound } from '../../workflows/notification/round.ts';
import { execute } from '../db/prepared.ts';
import { contentOf, type Letter, sortOut, waitingOf } from './letter.ts';

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
 * Sends a letter once. One that says it is sent is left alone; a crash between sending and noting can make a copy, which
 * bears the same Message-ID. A notice that makes no mail is given up by itself, so that the others go out.
 * @throws UnsendableMail, or what the mail server answers; both are noted on the mails.
 */
export const deliverMail = async (
  em: EntityManager,
  transport: Transporter,
  settings: MailSettings,
  letter: Letter,
  address: string,
): Promise<void> => {
  const waiting = letter.notices.filter(({ state }) => state === 'pending');
  if (waiting.length === 0 && letter.notices.some(({ state }) => state === 'sent')) return;
  try {
    const { sendable, unsendable } = sortOut(waiting, settings.publicUrl);
    const [first, ...others] = sendable;
    if (!first) throw unsendableMail(letter.noticeId);
    for (const { noticeId } of unsendable) await noteUnsendable(em, letter.round, noticeId);
    await transport.sendMail({
      from: settings.from,
      // As it is: read as a header, `two words@example.com` would go to somebody else.
      to: { name: '', address },
      ...contentOf(first, ...others),
      messageId: letter.messageId,
    });
  } catch (error) {
    await noteFailure(em, letter, error);
    throw error;
  }
  await insist(() => noteSent(em, letter));
};

const unsendableMail = (noticeId: number): UnsendableMail => new UnsendableMail(`The notice ${noticeId} makes no mail`);

const tried = 'update notification.mail set attempts = attempts + 1,';
const wordsOf = (error: unknown): string => String(error).slice(0, 500);

const noteUnsendable = async (em: EntityManager, round: string, noticeId: number): Promise<void> => {
  const sql = `${tried} state = 'failed', last_error = ? where notice_id = ? and round = ? and state = 'pending'`;
  await execute(em, sql, [wordsOf(unsendableMail(noticeId)), noticeId, round]);
};

const noteFailure = async (em: EntityManager, { noticeId, round }: MailOfRound, error: unknown): Promise<void> => {
  await execute(em, `${tried} last_error = ? ${waitingOf}`, [wordsOf(error), noticeId, round]);
};

const noteSent = async (em: EntityManager, { noticeId, round }: MailOfRound): Promise<void> => {
  const sql = `${tried} state = 'sent', sent_at = now(), last_error = null ${waitingOf}`;
  await execute(em, sql, [noticeId, round]);
};

/** Within the time that the delivery flow gives a try, after the longest that a mail server may take. */
const insistMs = 15_000;
const pauseMs = 100;

/** The letter is out: what only failed to note that must not send it again. @throws what still fails at the end. */
const insist = async (note: () => Promise<void>): Promise<void> => {
  for (const end = Date.now() + insistMs; ; await sleep(pauseMs)) {
    try {
      return await note();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
};

/** Notes that the letter will not be tried again, and why; its mails stay visible. */
export const giveUpMail = async (em: EntityManager, { noticeId, round }: MailOfRound, why: string): Promise<void> => {
  const sql = `update notification.mail set state = 'failed', last_error = ? ${waitingOf}`;
  await execute(em, sql, [why, noticeId, round]);
};

/** Notes a letter as sent that was sent before its rows came back from a backup. */
export const noteMailSent = async (em: EntityManager, { noticeId, round }: MailOfRound, at: Date): Promise<void> => {
  const sql = `update notification.mail set state = 'sent', sent_at = ?, last_error = null ${waitingOf}`;
  await execute(em, sql, [at, noticeId, round]);
};
