import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { type Condition, every, selectPage, when } from '../db/page.ts';
import { shapeOf } from '../db/rows.ts';
import type { Page } from '../http/page.schema.ts';
import { cursorInstant, decodeCursor, page } from '../http/paging.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { Task } from './task.entity.ts';
import { isAdmin, roleKeysOf } from './task.policy.ts';
import { number, type TaskCounts, type TaskQuery, type TaskRow } from './task.schema.ts';
import { rowOf, rowProperties } from './task.view.ts';

const ofRoles = (keys: readonly string[]): Condition =>
  keys.length === 0 ? when('false') : when('t.role_key in (?)', keys);

// A step that was left by a transition was done by the one who held it; a withdrawal ends a visit without an outcome.
const doneBy = 'select v.number from tracking.visit v where v.assignee_id = ? and v.outcome is not null';

/** The tasks that make up a queue. @throws AppError `forbidden` for the queues of admins. */
const queueOf = (queue: TaskQuery['queue'], user: SessionUser): Condition => {
  if (queue === 'mine') return when('t.assignee_id = ?', user.id);
  if (queue === 'done_by_me') return when(`t.number in (${doneBy})`, user.id);
  if (queue === 'role') return ofRoles(roleKeysOf(user));
  if (!isAdmin(user)) throw new AppError('forbidden', 'This list is for admins of TTS.');
  return when(queue === 'unrouted' ? `t.state = 'unrouted'` : 'true');
};

const shown: Record<TaskQuery['show'], Condition> = {
  open: when(`t.state in ('unrouted', 'waiting', 'held')`),
  done: when(`t.state in ('done', 'cancelled')`),
  any: when('true'),
};

const filtersOf = (query: TaskQuery): Condition[] => {
  const filters: Condition[] = [shown[query.show]];
  if (query.status) filters.push(when('t.status in (?)', query.status));
  if (query.category) filters.push(when('t.category = ?', query.category));
  if (query.priority) filters.push(when('t.priority = ?', query.priority));
  if (query.role) filters.push(when('t.role_key = ?', query.role));
  if (query.assignee) filters.push(when('t.assignee_id = ?', query.assignee));
  if (query.q) {
    const pattern = `%${query.q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    filters.push(when('t.subject ilike ? or t.number ilike ?', pattern, pattern));
  }
  return filters;
};

interface Order {
  column: 'dueAt' | 'changedAt' | 'submittedAt';
  direction: 'asc' | 'desc';
}

const sqlOf = { dueAt: 't.due_at', changedAt: 't.changed_at', submittedAt: 't.submitted_at' } as const;

const orderOf = (sort: TaskQuery['sort']): Order => ({
  column: sort.endsWith('due') ? 'dueAt' : sort.endsWith('changed') ? 'changedAt' : 'submittedAt',
  direction: sort.startsWith('-') ? 'desc' : 'asc',
});

const place = z.tuple([cursorInstant.nullable(), number]);

/** Rows behind a cursor; those without a due time come last in either direction. */
const beyond = (cursor: string | undefined, { column, direction }: Order): Condition => {
  if (cursor === undefined) return when('true');
  const [at, last] = decodeCursor(cursor, place);
  const moment = sqlOf[column];
  const sign = direction === 'asc' ? '>' : '<';
  if (at === null) return when(`${moment} is null and t.number ${sign} ?`, last);
  const after = when(`(${moment}, t.number) ${sign} (?::timestamptz, ?)`, at.toISOString(), last);
  return column === 'dueAt' ? when(`${after.sql} or ${moment} is null`, ...after.values) : after;
};

// Only the due time can be missing; of the others the order must be just that of their index.
const sortBy = ({ column, direction }: Order): string =>
  `${sqlOf[column]} ${direction}${column === 'dueAt' ? ' nulls last' : ''}, t.number ${direction}`;

/** A page of a queue. @throws AppError `forbidden` for the queues of admins. */
export const listTasks = async (em: EntityManager, query: TaskQuery, user: SessionUser): Promise<Page<TaskRow>> => {
  const order = orderOf(query.sort);
  const shape = shapeOf(em, Task, rowProperties, 't');
  const { rows, count } = await selectPage(em, {
    from: 'tracking.task t',
    columns: `${shape.columns}, (select r.name from tracking.role r where r.key = t.role_key) as "roleName"`,
    where: every([queueOf(query.queue, user), ...filtersOf(query)]),
    ranks: [beyond(query.cursor, order)],
    order: sortBy(order),
    limit: query.limit + 1,
  });
  const readRow = (row: object) => ({ roleName: null, ...row, ...shape.read(row) });
  return page(rows.map(readRow), {
    limit: query.limit,
    count,
    cursor: (task) => [task[order.column]?.toISOString() ?? null, task.number],
    view: rowOf,
  });
};

/** How long the queues of this user are. */
export const countTasks = async (em: EntityManager, user: SessionUser) => {
  const mine = when('t.assignee_id = ?', user.id);
  const isOver = when('t.overdue');
  const forAdmins = (condition: Condition): Condition | null => (isAdmin(user) ? condition : null);
  const parts = {
    mine,
    role: ofRoles(roleKeysOf(user)),
    overdue: every([mine, isOver]),
    unrouted: forAdmins(when(`t.state = 'unrouted'`)),
    all: forAdmins(when('true')),
  };
  // Each is counted by itself, with the index that fits it.
  const counts = Object.entries(parts).map(([name, part]) => {
    const count = part && `(select count(*)::int from tracking.task t where ${every([part, shown.open]).sql})`;
    return `${count} as "${name}"`;
  });
  const values = Object.values(parts).flatMap((part) => part?.values ?? []);
  const [row] = await em.execute<TaskCounts[]>(`select ${counts.join(', ')}`, values);
  if (!row) throw new Error('PostgreSQL has not counted');
  return row;
};
