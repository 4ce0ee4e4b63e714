import type { EntityManager } from '@mikro-orm/postgresql';
import { Notification } from './notification.entity.ts';
import { notification } from './notification.tables.ts';

export interface NewNotification {
  userId: number;
  /** Names the event, so that nobody is notified of it twice. */
  eventKey: string;
  kind: Notification['kind'];
  title: string;
  body: string;
  ticket: string;
  link: string;
  at: Date;
}

/**
 * Notifies people in the caller's transaction: the notification is there with the change, its mail follows with a batch.
 * What somebody was notified of before is left out.
 *
 * A message id is not made of the notification's id: a restored backup gives that to another notification, and mail
 * programs would take its mail for one that they have.
 */
export const notify = async (em: EntityManager, notifications: readonly NewNotification[]): Promise<void> => {
  if (notifications.length === 0) return;
  await notification(em)
    .with('added', (db) =>
      db
        .insertInto('notification.notification')
        .values(notifications.map(rowOf))
        .onConflict((conflict) => conflict.columns(['user_id', 'event_key']).doNothing())
        .returning('id'),
    )
    .insertInto('notification.mail')
    .columns(['notification_id', 'state', 'message_id'])
    .expression((eb) =>
      eb
        .selectFrom('added')
        .select(({ fn, val }) => [
          'added.id',
          val('pending').as('state'),
          fn<string>('format', [val('<notification-%s@helpdesk.example.com>'), fn('gen_random_uuid')]).as('message_id'),
        ]),
    )
    .execute();
};

const rowOf = ({ userId, eventKey, kind, title, body, ticket, link, at }: NewNotification) => ({
  ...{ kind, title, body, ticket, link },
  user_id: userId,
  event_key: eventKey,
  created_at: at,
});

export const unreadCount = (em: EntityManager, userId: number): Promise<number> =>
  em.count(Notification, { userId, readAt: null });

/** Marks these notifications of the user as read, or all of them; those of others are left alone. */
export const markRead = async (em: EntityManager, userId: number, ids: number[] | undefined): Promise<void> => {
  const which = ids ? { id: { $in: ids } } : {};
  await em.nativeUpdate(Notification, { userId, readAt: null, ...which }, { readAt: new Date() });
};
