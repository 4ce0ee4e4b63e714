import type { EntityManager } from '@mikro-orm/postgresql';
import type { QueryCreator } from 'kysely';
import { Notification } from './notification.entity.ts';
import type { ReadNotifications } from './notification.schema.ts';
import { type NotificationTables, notification } from './notification.tables.ts';

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

/** Whoever acts on a ticket has seen what they were told about it. */
export interface Seen {
  userId: number;
  ticket: string;
  at: Date;
}

// Users are counted from 1.
const byNobody: Seen = { userId: 0, ticket: '', at: new Date(0) };

/** What another transaction marks at this moment is left to it, so that no command waits for a bell. */
const markSeen = (db: QueryCreator<NotificationTables>, { userId, ticket, at }: Seen) =>
  db
    .updateTable('notification.notification')
    .set({ read_at: at })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('notification.notification')
        .select('id')
        .where('user_id', '=', userId)
        .where('ticket', '=', ticket)
        .where('read_at', 'is', null)
        .forUpdate()
        .skipLocked(),
    );

/**
 * Notifies people in the caller's transaction: the notification is there with the change, its mail follows with a batch.
 * What somebody was notified of before is left out. `seen` marks what the sender of the change was told before it as read.
 */
export const notify = async (
  em: EntityManager,
  notifications: readonly NewNotification[],
  seen: Seen | null = null,
): Promise<void> => {
  if (notifications.length === 0) {
    if (seen) await markSeen(notification(em), seen).execute();
    return;
  }
  await notification(em)
    // In the same statement, which sees the table as it was: the new ones stay unread.
    .with('seen', (db) => markSeen(db, seen ?? byNobody))
    .with('added', (db) =>
      db
        .insertInto('notification.notification')
        .values(notifications.map(rowOf))
        .onConflict((conflict) => conflict.columns(['user_id', 'event_key']).doNothing())
        .returning('id'),
    )
    .insertInto('notification.mail')
    .columns(['notification_id', 'state'])
    .expression((eb) => eb.selectFrom('added').select(({ val }) => ['added.id', val('pending').as('state')]))
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

/** Marks these notifications of the user as read, and those older than `before`; those of others are left alone. */
export const markRead = async (
  em: EntityManager,
  userId: number,
  { ids, before }: ReadNotifications,
): Promise<void> => {
  const older = before === undefined ? [] : [{ id: { $lt: before } }];
  const which = { $or: [{ id: { $in: ids } }, ...older] };
  await em.nativeUpdate(Notification, { userId, readAt: null, ...which }, { readAt: new Date() });
};
