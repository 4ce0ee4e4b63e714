import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { deliveryWorkflowId, deliveryWorkflowType, queues } from '../../workflows/names.ts';
import type { MailOfRound, Round } from '../../workflows/notification/round.ts';
import { enqueue } from '../db/outbox.ts';
import { execute } from '../db/prepared.ts';
import { headColumn, waitingOf } from './letter.ts';

/** What a round takes: one flow sends all of its letters one after the other, and each that fails has its own tries. */
const most = { letters: 100, notices: 500 };
const mostNamed = 8;

interface WaitingMail {
  noticeId: number;
  readerId: number;
  letter: number | null;
  ticket: string;
  kind: string;
}

const selectWaiting = `
  select m.notice_id as "noticeId", n.user_id as "readerId", m.letter, n.ticket, n.kind from notification.mail m
  join notification.notice n on n.id = m.notice_id
  where m.state = 'pending' and m.round is null order by m.notice_id limit ${most.notices} for update of m skip locked`;

/**
 * The first notice of each one's letter. What one reader is told goes out together; and what was a letter in a lost round
 * stays one by itself: it may be out already, and under its Message-ID comes nothing else.
 */
const withHeads = (mails: readonly WaitingMail[]): (WaitingMail & { head: number })[] => {
  const heads = new Map<string, number>();
  return mails.map((mail) => {
    const { noticeId, readerId, letter } = mail;
    const key = letter === null ? `reader ${readerId}` : `letter ${letter}`;
    const head = heads.get(key) ?? noticeId;
    heads.set(key, head);
    return { ...mail, head };
  });
};

const putInto = `
  update notification.mail set round = ?, letter = new.letter
  from unnest(?::int[], ?::int[]) as new(id, letter) where notice_id = new.id`;

/** How many mails a round has taken, and whether others wait that it had no place for. */
interface Gathered {
  mails: number;
  isFull: boolean;
}

/** Puts the mails that wait into one round, whose flow the relay starts after the commit. */
export const gatherRound = (em: EntityManager): Promise<Gathered> =>
  em.transactional(async (inner) => {
    const waiting = withHeads(await inner.execute<WaitingMail[]>(selectWaiting));
    const letters = [...new Set(waiting.map(({ head }) => head))].slice(0, most.letters);
    const mails = waiting.filter(({ head }) => letters.includes(head));
    if (mails.length === 0) return { mails: 0, isFull: false };
    const round = randomUUID();
    await execute(inner, putInto, [round, mails.map(({ noticeId }) => noticeId), mails.map(({ head }) => head)]);
    enqueue(inner, {
      workflowType: deliveryWorkflowType,
      workflowId: deliveryWorkflowId(round),
      taskQueue: queues.notification,
      args: [{ round, notices: letters } satisfies Round],
      token: round,
      summary: summaryOf(mails, letters.length),
    });
    return { mails: mails.length, isFull: waiting.length === most.notices || mails.length < waiting.length };
  });

/** What an admin reads in Temporal Web beside the round. */
const summaryOf = (mails: readonly WaitingMail[], letters: number): string => {
  const [first] = mails;
  if (mails.length === 1 && first) return `${first.ticket} · ${first.kind}`;
  const tickets = [...new Set(mails.map(({ ticket }) => ticket))];
  const named = tickets.slice(0, mostNamed).join(', ');
  const told = letters === mails.length ? '' : `${mails.length} notices in `;
  return `${told}${letters === 1 ? '1 mail' : `${letters} mails`} · ${named}${tickets.length > mostNamed ? ', …' : ''}`;
};

interface MailUnderWay {
  noticeId: number;
  round: string;
  /** The first notice of its letter. */
  head: number;
}

/** The mails under way, neither sent nor given up, in the order of their notices, after this one. */
export const mailsUnderWay = (em: EntityManager, after: number, limit: number): Promise<MailUnderWay[]> =>
  em.execute<MailUnderWay[]>(
    `select notice_id as "noticeId", round, ${headColumn} as head from notification.mail
     where state = 'pending' and round is not null and notice_id > ? order by notice_id limit ?`,
    [after, limit],
  );

/** A letter of a round that is lost goes out with another one. */
export const leaveRound = async (em: EntityManager, { noticeId, round }: MailOfRound): Promise<void> => {
  await execute(em, `update notification.mail set round = null ${waitingOf}`, [noticeId, round]);
};
