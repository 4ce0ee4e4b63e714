import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { deliveryWorkflowId, deliveryWorkflowType, queues } from '../../workflows/names.ts';
import type { MailOfRound, Round } from '../../workflows/notification/round.ts';
import { enqueue } from '../db/outbox.ts';

/** A round's mails: one flow sends them all, and each that fails has its own tries. */
export const mostOfRound = 100;
const mostNamed = 8;

interface WaitingMail {
  noticeId: number;
  ticket: string;
  kind: string;
}

const selectWaiting = `
  select m.notice_id as "noticeId", n.ticket, n.kind from notification.mail m
  join notification.notice n on n.id = m.notice_id
  where m.state = 'pending' and m.round is null order by m.notice_id limit ${mostOfRound} for update of m skip locked`;

/** Puts the mails that wait into one round, whose flow the relay starts after the commit; answers how many there were. */
export const gatherRound = (em: EntityManager): Promise<number> =>
  em.transactional(async (inner) => {
    const mails = await inner.execute<WaitingMail[]>(selectWaiting);
    if (mails.length === 0) return 0;
    const notices = mails.map(({ noticeId }) => noticeId);
    const round = randomUUID();
    await inner.execute(`update notification.mail set round = ? where notice_id in (${notices.map(() => '?')})`, [
      round,
      ...notices,
    ]);
    enqueue(inner, {
      workflowType: deliveryWorkflowType,
      workflowId: deliveryWorkflowId(round),
      taskQueue: queues.notification,
      args: [{ round, notices } satisfies Round],
      token: round,
      summary: summaryOf(mails),
    });
    return mails.length;
  });

/** What an admin reads in Temporal Web beside the round. */
const summaryOf = (mails: readonly WaitingMail[]): string => {
  const [first] = mails;
  if (mails.length === 1 && first) return `${first.ticket} · ${first.kind}`;
  const tickets = [...new Set(mails.map(({ ticket }) => ticket))];
  const named = tickets.slice(0, mostNamed).join(', ');
  return `${mails.length} mails · ${named}${tickets.length > mostNamed ? ', …' : ''}`;
};

/** The mails under way, neither sent nor given up, in the order of their notices, after this one. */
export const mailsUnderWay = (em: EntityManager, after: number, limit: number): Promise<MailOfRound[]> =>
  em.execute<MailOfRound[]>(
    `select notice_id as "noticeId", round from notification.mail
     where state = 'pending' and round is not null and notice_id > ? order by notice_id limit ?`,
    [after, limit],
  );

/** The mails of a round that is lost go out with another one. */
export const leaveRound = async (em: EntityManager, { noticeId, round }: MailOfRound): Promise<void> => {
  await em.execute(
    `update notification.mail set round = null where state = 'pending' and notice_id = ? and round = ?`,
    [noticeId, round],
  );
};
