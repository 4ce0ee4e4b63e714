import type { EntityManager } from '@mikro-orm/postgresql';
import { when } from '../db/page.ts';
import type { Write } from '../db/statements.ts';
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

/**
 * What tells people: the notice is there with the change, its mail follows with a round. The id of a mail is not made of
 * its notice's: a restored backup gives that to another notice, whose mail the readers' programs would take for one that
 * they have.
 */
export const noticeWrites = (notices: NewNotice[]): Write[] => {
  if (notices.length === 0) return [];
  const told = when(
    `insert into notification.notice (user_id, event_key, kind, title, body, ticket, link, created_at)
     select "userId", "eventKey", kind, title, body, ticket, link, at
     from json_to_recordset(?) as new("userId" int, "eventKey" text, kind text, title text, body text, ticket text, link text, at timestamptz)
     on conflict (user_id, event_key) do nothing returning id`,
    JSON.stringify(notices),
  );
  const mailed = when(
    `insert into notification.mail (notice_id, state, message_id)
     select id, 'pending', '<notice-' || gen_random_uuid() || '@helpdesk.example.com>' from told`,
  );
  return [{ ...told, as: 'told' }, mailed];
};

export const unreadCount = (em: EntityManager, userId: number): Promise<number> =>
  em.count(Notice, { userId, readAt: null });

/** Marks these notices of the user as read, or all of them; those of others are left alone. */
export const markRead = async (em: EntityManager, userId: number, ids: number[] | undefined): Promise<void> => {
  const which = ids ? { id: { $in: ids } } : {};
  await em.nativeUpdate(Notice, { userId, readAt: null, ...which }, { readAt: new Date() });
};
