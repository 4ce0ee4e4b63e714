import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { deliveryWorkflowId, deliveryWorkflowType, queues } from '../../workflows/names.ts';
import type { Batch, MailOfBatch } from '../../workflows/notification/mail-batch.ts';
import { enqueue } from '../db/outbox/enqueue.ts';
import { execute } from '../db/prepared.ts';
import { headColumn, waitingOf } from './digest.ts';

/** What a batch takes: one workflow sends all of its digests one after the other, and each that fails has its own tries. */
const most = { digests: 100, notifications: 500 };
const mostNamed = 8;

interface WaitingMail {
  notificationId: number;
  readerId: number;
  digest: number | null;
  ticket: string;
  kind: string;
}

const selectWaiting = `
  select m.notification_id as "notificationId", n.user_id as "readerId", m.digest, n.ticket, n.kind from notification.mail m
  join notification.notification n on n.id = m.notification_id
  where m.state = 'pending' and m.batch is null order by m.notification_id limit ${most.notifications} for update of m skip locked`;

/**
 * The first notification of each one's digest. What one reader is told goes out together; and what was a digest in a lost batch
 * stays one by itself: it may be out already, and under its Message-ID comes nothing else.
 */
const withHeads = (mails: readonly WaitingMail[]): (WaitingMail & { head: number })[] => {
  const heads = new Map<string, number>();
  return mails.map((mail) => {
    const { notificationId, readerId, digest } = mail;
    const key = digest === null ? `reader ${readerId}` : `digest ${digest}`;
    const head = heads.get(key) ?? notificationId;
    heads.set(key, head);
    return { ...mail, head };
  });
};

const putInto = `
  update notification.mail set batch = ?, digest = new.digest
  from unnest(?::int[], ?::int[]) as new(id, digest) where notification_id = new.id`;

/** How many mails a batch has taken, and whether others wait that it had no place for. */
interface Gathered {
  mails: number;
  isFull: boolean;
}

/** Puts the mails that wait into one batch, whose workflow the relay starts after the commit. */
export const gatherBatch = (em: EntityManager): Promise<Gathered> =>
  em.transactional(async (inner) => {
    const waiting = withHeads(await inner.execute<WaitingMail[]>(selectWaiting));
    const digests = [...new Set(waiting.map(({ head }) => head))].slice(0, most.digests);
    const mails = waiting.filter(({ head }) => digests.includes(head));
    if (mails.length === 0) return { mails: 0, isFull: false };
    const batch = randomUUID();
    await execute(inner, putInto, [
      batch,
      mails.map(({ notificationId }) => notificationId),
      mails.map(({ head }) => head),
    ]);
    enqueue(inner, {
      workflowType: deliveryWorkflowType,
      workflowId: deliveryWorkflowId(batch),
      taskQueue: queues.notification,
      args: [{ batch, notifications: digests } satisfies Batch],
      token: batch,
      summary: summaryOf(mails, digests.length),
    });
    return { mails: mails.length, isFull: waiting.length === most.notifications || mails.length < waiting.length };
  });

/** What an admin reads in Temporal Web beside the batch. */
const summaryOf = (mails: readonly WaitingMail[], digests: number): string => {
  const [first] = mails;
  if (mails.length === 1 && first) return `${first.ticket} · ${first.kind}`;
  const tickets = [...new Set(mails.map(({ ticket }) => ticket))];
  const named = tickets.slice(0, mostNamed).join(', ');
  const told = digests === mails.length ? '' : `${mails.length} notifications in `;
  return `${told}${digests === 1 ? '1 mail' : `${digests} mails`} · ${named}${tickets.length > mostNamed ? ', …' : ''}`;
};

interface MailUnderWay {
  notificationId: number;
  batch: string;
  /** The first notification of its digest. */
  head: number;
}

/** The mails under way, neither sent nor given up, in the order of their notifications, after this one. */
export const mailsUnderWay = (em: EntityManager, after: number, limit: number): Promise<MailUnderWay[]> =>
  em.execute<MailUnderWay[]>(
    `select notification_id as "notificationId", batch, ${headColumn} as head from notification.mail
     where state = 'pending' and batch is not null and notification_id > ? order by notification_id limit ?`,
    [after, limit],
  );

/** A digest of a batch that is lost goes out with another one. */
export const leaveBatch = async (em: EntityManager, { notificationId, batch }: MailOfBatch): Promise<void> => {
  await execute(em, `update notification.mail set batch = null ${waitingOf}`, [notificationId, batch]);
};
