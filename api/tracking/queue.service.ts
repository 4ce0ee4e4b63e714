import type { EntityManager, FilterQuery, QueryOrderMap } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Page } from '../http/page.schema.ts';
import { countLimit, cursorInstant, decodeCursor, page } from '../http/paging.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { Task } from './task.entity.ts';
import { isAdmin, rolesOf } from './task.policy.ts';
import { number, type TaskQuery, type TaskRow } from './task.schema.ts';
import { rowOf } from './task.view.ts';

type Where = FilterQuery<Task>;

/** The tasks that make up a queue. @throws AppError `forbidden` for the queues of admins. */
const queueOf = (queue: TaskQuery['queue'], user: SessionUser): Where => {
  if (queue === 'mine') return { assigneeId: user.id };
  if (queue === 'role') return { role: { $in: rolesOf(user) } };
  if (!isAdmin(user)) throw new AppError('forbidden', 'This list is for admins of TTS.');
  return queue === 'unrouted' ? { state: 'unrouted' } : {};
};

const shown: Record<TaskQuery['show'], Where> = {
  open: { state: { $in: ['unrouted', 'waiting', 'held'] } },
  done: { state: { $in: ['done', 'cancelled'] } },
  any: {},
};

const filtersOf = (query: TaskQuery): Where[] => {
  const filters: Where[] = [shown[query.show]];
  if (query.status) filters.push({ status: { $in: query.status } });
  if (query.category) filters.push({ category: query.category });
  if (query.priority) filters.push({ priority: query.priority });
  if (query.role) filters.push({ role: query.role });
  if (query.assignee) filters.push({ assigneeId: query.assignee });
  if (query.q) {
    const pattern = `%${query.q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    filters.push({ $or: [{ subject: { $ilike: pattern } }, { number: { $ilike: pattern } }] });
  }
  return filters;
};

type Column = 'dueAt' | 'changedAt' | 'submittedAt';

const orderOf = (sort: TaskQuery['sort']): { column: Column; direction: 'asc' | 'desc' } => ({
  column: sort.endsWith('due') ? 'dueAt' : sort.endsWith('changed') ? 'changedAt' : 'submittedAt',
  direction: sort.startsWith('-') ? 'desc' : 'asc',
});

const place = z.tuple([cursorInstant.nullable(), number]);

/** Rows behind a cursor; those without a due time come last in either direction. */
const beyond = (column: Column, direction: 'asc' | 'desc', cursor: string): Where => {
  const [at, last] = decodeCursor(cursor, place);
  const sign = direction === 'asc' ? '$gt' : '$lt';
  const after = { number: { [sign]: last } };
  if (at === null) return { [column]: null, ...after };
  return { $or: [{ [column]: { [sign]: at } }, { [column]: at, ...after }, { [column]: null }] };
};

/** A page of a queue. @throws AppError `forbidden` for the queues of admins. */
export const listTasks = async (em: EntityManager, query: TaskQuery, user: SessionUser): Promise<Page<TaskRow>> => {
  const where: Where = { $and: [queueOf(query.queue, user), ...filtersOf(query)] };
  const { column, direction } = orderOf(query.sort);
  const after: Where = query.cursor ? beyond(column, direction, query.cursor) : {};
  const order = direction === 'asc' ? 'asc nulls last' : 'desc nulls last';
  const orderBy: QueryOrderMap<Task> = { [column]: order, number: direction };
  const rows = await em.find(Task, { $and: [where, after] }, { orderBy: [orderBy], limit: query.limit + 1 });
  const found = await em.find(Task, where, { fields: ['number'], limit: countLimit + 1 });
  return page(rows, {
    limit: query.limit,
    count: found.length,
    cursor: (task) => [task[column]?.toISOString() ?? null, task.number],
    view: rowOf,
  });
};

/** How long the queues of this user are. */
export const countTasks = async (em: EntityManager, user: SessionUser) => {
  const count = (where: Where) => em.count(Task, { $and: [where, shown.open] });
  const admin = isAdmin(user);
  return {
    mine: await count({ assigneeId: user.id }),
    role: await count({ role: { $in: rolesOf(user) } }),
    overdue: await count({ assigneeId: user.id, dueAt: { $lt: new Date() } }),
    unrouted: admin ? await count({ state: 'unrouted' }) : null,
    all: admin ? await count({}) : null,
  };
};
