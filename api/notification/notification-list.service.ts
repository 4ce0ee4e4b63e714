import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Page } from '../http/page.schema.ts';
import { countLimit, decodeCursor, page } from '../http/paging.ts';
import { Notification } from './notification.entity.ts';
import type { Notification as NotificationView, notificationQuery } from './notification.schema.ts';

const viewOf = (notification: Notification): NotificationView => ({
  id: notification.id,
  kind: notification.kind,
  title: notification.title,
  body: notification.body,
  ticket: notification.ticket,
  link: notification.link,
  at: notification.createdAt.toISOString(),
  readAt: notification.readAt?.toISOString() ?? null,
});

const place = z.tuple([z.null(), z.int()]);

/** A page of this user's notifications, newest first. */
export const listNotifications = async (
  em: EntityManager,
  query: z.infer<typeof notificationQuery>,
  userId: number,
): Promise<Page<NotificationView>> => {
  const where: FilterQuery<Notification> = { userId, ...(query.show === 'unread' ? { readAt: null } : {}) };
  const after: FilterQuery<Notification> = query.cursor ? { id: { $lt: decodeCursor(query.cursor, place)[1] } } : {};
  const rows = await em.find(
    Notification,
    { $and: [where, after] },
    { orderBy: { id: 'desc' }, limit: query.limit + 1 },
  );
  const found = await em.find(Notification, where, { fields: ['id'], limit: countLimit + 1 });
  return page(rows, {
    limit: query.limit,
    count: found.length,
    cursor: (row) => [null, row.id],
    view: viewOf,
  });
};
