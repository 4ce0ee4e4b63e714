import { z } from 'zod';
import { json, ok } from '../http/answers.ts';
import { pageOf } from '../http/page.schema.ts';
import { signedIn } from '../http/policy.ts';
import { createRouter, endpoint } from '../http/router.ts';
import { notification, notificationQuery, readNotifications } from './notification.schema.ts';
import { listNotifications } from './notification-list.service.ts';
import { markRead, unreadCount } from './notifications.service.ts';

const tags = ['Notifications'];
const unread = z.object({ unread: z.int() });

const list = endpoint(signedIn, {
  method: 'get',
  path: '/api/notifications',
  tags,
  summary: 'Your notifications, newest first',
  request: { query: notificationQuery },
  responses: { 200: ok(pageOf(notification).extend(unread.shape)) },
});

const read = endpoint(signedIn, {
  method: 'post',
  path: '/api/notifications/read',
  tags,
  summary: 'Mark notifications as read: these, and all that are older than `before`',
  request: { body: json(readNotifications) },
  responses: { 200: ok(unread) },
});

export const createNotificationRoutes = () =>
  createRouter()
    .openapi(list, async (c) => {
      const { em, user } = c.var;
      const page = await listNotifications(em, c.req.valid('query'), user.id);
      return c.json({ ...page, unread: await unreadCount(em, user.id) }, 200);
    })
    .openapi(read, async (c) => {
      const { em, user } = c.var;
      await markRead(em, user.id, c.req.valid('json'));
      return c.json({ unread: await unreadCount(em, user.id) }, 200);
    });
