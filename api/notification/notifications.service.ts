import type { EntityManager } from '@mikro-orm/postgresql';
import { when } from '../db/page.ts';
import type { Write } from '../db/statements.ts';
import { Notification } from './notification.entity.ts';

export interface NewNotification {
  userId: number;
  /** Names the event: nobody is told twice of the same one. */
  eventKey: string;
  kind: Notification['kind'];
  title: string;
  body: string;
  ticket: string;
  link: string;
  at: Date;
}

/**
 * What tells people: the notification is there with the change, its mail follows with a batch. The id of a mail is not made of
 * its notification's: a restored backup gives that to another notification, whose mail the readers' programs would take for one that
 * they have.
 */
export const notificationWrites = (notifications: NewNotification[]): Write[] => {
  if (notifications.length === 0) return [];
  const told = when(
    `insert into notification.notification (user_id, event_key, kind, title, body, ticket, link, created_at)
     select "userId", "eventKey", kind, title, body, ticket, link, at
     from json_to_recordset(?) as new("userId" int, "eventKey" text, kind text, title text, body text, ticket text, link text, at timestamptz)
     on conflict (user_id, event_key) do nothing returning id`,
    JSON.stringify(notifications),
  );
  const mailed = when(
    `insert into notification.mail (notification_id, state, message_id)
     select id, 'pending', '<notification-' || gen_random_uuid() || '@helpdesk.example.com>' from told`,
  );
  return [{ ...told, as: 'told' }, mailed];
};

export const unreadCount = (em: EntityManager, userId: number): Promise<number> =>
  em.count(Notification, { userId, readAt: null });

/** Marks these notifications of the user as read, or all of them; those of others are left alone. */
export const markRead = async (em: EntityManager, userId: number, ids: number[] | undefined): Promise<void> => {
  const which = ids ? { id: { $in: ids } } : {};
  await em.nativeUpdate(Notification, { userId, readAt: null, ...which }, { readAt: new Date() });
};
