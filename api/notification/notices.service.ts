import type { EntityManager } from '@mikro-orm/postgresql';
import { Notice } from './notice.entity.ts';

export interface NewNotice {
  userId: number;
  /** Names the event: nobody is told twice of the same one. */
  eventKey: string;
  kind: Notice['kind'];
  title: string;
  body: string;
  ticket: string;
  link: string;
  at: Date;
}

// The id of a mail is not made of its notice's: a restored backup gives that to another notice, whose mail the readers'
// programs would take for one that they have.
const insertNotices = `
  with told as (
    insert into notification.notice (user_id, event_key, kind, title, body, ticket, link, created_at)
      select "userId", "eventKey", kind, title, body, ticket, link, at
      from json_to_recordset(?) as new("userId" int, "eventKey" text, kind text, title text, body text, ticket text, link text, at timestamptz)
      on conflict (user_id, event_key) do nothing returning id)
  insert into notification.mail (notice_id, state, message_id)
    select id, 'pending', '<notice-' || gen_random_uuid() || '@helpdesk.example.com>' from told`;

/** Tells people in the caller's transaction: the notice is there with the change, its mail follows with a round. */
export const tell = async (em: EntityManager, notices: NewNotice[]): Promise<void> => {
  if (notices.length > 0) await em.execute(insertNotices, [JSON.stringify(notices)]);
};

export const unreadCount = (em: EntityManager, userId: number): Promise<number> =>
  em.count(Notice, { userId, readAt: null });

/** Marks these notices of the user as read, or all of them; those of others are left alone. */
export const markRead = async (em: EntityManager, userId: number, ids: number[] | undefined): Promise<void> => {
  const which = ids ? { id: { $in: ids } } : {};
  await em.nativeUpdate(Notice, { userId, readAt: null, ...which }, { readAt: new Date() });
};
