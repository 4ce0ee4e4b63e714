import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Page } from '../http/page.schema.ts';
import { countLimit, decodeCursor, page } from '../http/paging.ts';
import { Notice } from './notice.entity.ts';
import type { Notice as NoticeView, noticeQuery } from './notice.schema.ts';

const viewOf = (notice: Notice): NoticeView => ({
  id: notice.id,
  kind: notice.kind,
  title: notice.title,
  body: notice.body,
  ticket: notice.ticket,
  link: notice.link,
  at: notice.createdAt.toISOString(),
  readAt: notice.readAt?.toISOString() ?? null,
});

const place = z.tuple([z.null(), z.int()]);

/** A page of what this user was told, newest first. */
export const listNotices = async (
  em: EntityManager,
  query: z.infer<typeof noticeQuery>,
  userId: number,
): Promise<Page<NoticeView>> => {
  const where: FilterQuery<Notice> = { userId, ...(query.show === 'unread' ? { readAt: null } : {}) };
  const after: FilterQuery<Notice> = query.cursor ? { id: { $lt: decodeCursor(query.cursor, place)[1] } } : {};
  const rows = await em.find(Notice, { $and: [where, after] }, { orderBy: { id: 'desc' }, limit: query.limit + 1 });
  const found = await em.find(Notice, where, { fields: ['id'], limit: countLimit + 1 });
  return page(rows, {
    limit: query.limit,
    count: found.length,
    cursor: (row) => [null, row.id],
    view: viewOf,
  });
};
