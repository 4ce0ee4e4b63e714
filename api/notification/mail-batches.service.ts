import { randomUUID } from 'node:crypto';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { deliveryWorkflowId, deliveryWorkflowType, queues } from '../../workflows/names.ts';
import type { Batch } from '../../workflows/notification/mail-batch.ts';
import { enqueue } from '../db/outbox/enqueue.ts';
import { priorities } from '../temporal/priorities.ts';
import { newMessageId } from './mail-ids.ts';
import { Mail, Notification, unsent } from './notification.entity.ts';
import { notification } from './notification.tables.ts';

/** How much one batch takes: its workflow sends the digests one after the other, and each that fails has its own tries. */
const largest = { digests: 100, notifications: 500 };
const ticketsInSummary = 8;

type Heading = Pick<Notification, 'id' | 'userId' | 'ticket' | 'kind'>;

interface WaitingMail {
  mail: Mail;
  notification: Heading;
}

/** Mails that are in no batch yet, oldest first, locked until the transaction ends; those that another one holds are left to it. */
const lockWaiting = async (em: EntityManager): Promise<WaitingMail[]> => {
  const mails = await em.find(
    Mail,
    { state: 'pending', batch: null },
    {
      orderBy: { notificationId: 'asc' },
      limit: largest.notifications,
      lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE,
    },
  );
  const ids = mails.map(({ notificationId }) => notificationId);
  const notifications = await em.find(Notification, { id: ids }, { fields: ['userId', 'ticket', 'kind'] });
  const byId = new Map(notifications.map((one) => [one.id, one]));
  return mails.flatMap((mail) => {
    const known = byId.get(mail.notificationId);
    return known ? [{ mail, notification: known }] : [];
  });
};

// Notifications to one reader go out together. What was a digest in a lost batch stays one by itself: it may be out already,
// and nothing else may come under its Message-ID.
const digestKey = ({ mail, notification }: WaitingMail): string =>
  mail.digest === null ? `reader ${notification.userId}` : `digest ${mail.digest}`;

/** How many mails a batch has taken, and whether others wait that it had no place for. */
interface Filled {
  mails: number;
  isFull: boolean;
}

/** Puts the mails that wait into one batch; the relay starts its workflow after the commit. `from`: who sends them. */
export const fillMailBatch = (em: EntityManager, from: string): Promise<Filled> =>
  em.transactional(
    async (inner) => {
      const waiting = await lockWaiting(inner);
      const digests = [...Map.groupBy(waiting, digestKey).values()].slice(0, largest.digests);
      if (digests.length === 0) return { mails: 0, isFull: false };
      const batch = randomUUID();
      for (const digest of digests) {
        const first = digest[0]?.mail.notificationId ?? null;
        for (const { mail } of digest)
          Object.assign(mail, { batch, digest: first, messageId: mail.messageId ?? newMessageId(from) });
      }
      const taken = digests.flat();
      enqueue(inner, {
        workflowType: deliveryWorkflowType,
        workflowId: deliveryWorkflowId(batch),
        taskQueue: queues.notification,
        args: [{ batch, notifications: digests.flatMap(([first]) => first?.notification.id ?? []) } satisfies Batch],
        token: batch,
        priority: priorities.people,
        fairnessKey: deliveryWorkflowType,
        summary: summaryOf(
          taken.map(({ notification }) => notification),
          digests.length,
        ),
      });
      return {
        mails: taken.length,
        isFull: waiting.length === largest.notifications || taken.length < waiting.length,
      };
    },
    // The rows as they are once they are locked, whatever this one had read before.
    { clear: true },
  );

/** What an admin reads in Temporal Web beside the batch. */
const summaryOf = (notifications: readonly Heading[], mails: number): string => {
  const [first] = notifications;
  if (notifications.length === 1 && first) return `${first.ticket} · ${first.kind}`;
  const tickets = [...new Set(notifications.map(({ ticket }) => ticket))];
  const named = tickets.slice(0, ticketsInSummary).join(', ');
  const digested = mails === notifications.length ? '' : `${notifications.length} notifications in `;
  const more = tickets.length > ticketsInSummary ? ', …' : '';
  return `${digested}${mails === 1 ? '1 mail' : `${mails} mails`} · ${named}${more}`;
};

interface MailUnderWay {
  notificationId: number;
  batch: string;
  /** The first notification of its digest. */
  digest: number;
}

/** The mails in a batch that are neither sent nor given up, in the order of their notifications, after this one. */
export const mailsUnderWay = (em: EntityManager, after: number, limit: number): Promise<MailUnderWay[]> =>
  notification(em)
    .selectFrom('notification.mail')
    .select((eb) => [
      'notification_id as notificationId',
      'batch',
      eb.fn.coalesce('digest', 'notification_id').as('digest'),
    ])
    .where('state', 'in', unsent)
    .where('batch', 'is not', null)
    .$narrowType<{ batch: string }>()
    .where('notification_id', '>', after)
    .orderBy('notification_id')
    .limit(limit)
    .execute();
