import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { enqueue } from '../db/outbox.ts';
import { Mail, Notice } from './notice.entity.ts';
import { mailFlow } from './pending.service.ts';

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

/** Tells people in the caller's transaction: the notice is there with the change, its mail follows by a flow. */
export const tell = async (em: EntityManager, notices: NewNotice[]): Promise<void> => {
  for (const { at, ...notice } of notices) {
    const known = await em.count(Notice, { userId: notice.userId, eventKey: notice.eventKey });
    if (known > 0) continue;
    const id = await em.insert(Notice, { ...notice, createdAt: at, readAt: null });
    const token = randomUUID();
    await em.insert(Mail, {
      noticeId: id,
      token,
      state: 'pending',
      messageId: messageIdOf(token),
      lastError: null,
      sentAt: null,
    });
    enqueue(em, { ...mailFlow({ noticeId: id, ticket: notice.ticket, kind: notice.kind }), token });
  }
};

// Not of the notice's id: a restored backup gives that to another notice, whose mail the readers' programs would take
// for one that they have.
const messageIdOf = (token: string): string => `<notice-${token}@helpdesk.example.com>`;

export const unreadCount = (em: EntityManager, userId: number): Promise<number> =>
  em.count(Notice, { userId, readAt: null });

/** Marks these notices of the user as read, or all of them; those of others are left alone. */
export const markRead = async (em: EntityManager, userId: number, ids: number[] | undefined): Promise<void> => {
  const which = ids ? { id: { $in: ids } } : {};
  await em.nativeUpdate(Notice, { userId, readAt: null, ...which }, { readAt: new Date() });
};
