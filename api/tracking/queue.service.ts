import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { columnsOf } from '../db/columns.ts';
import { readTotal, totalOf } from '../db/keyset.ts';
import { searchTwice, type TicketSearch } from '../db/search/ticket-search.ts';
import type { Page } from '../http/page.schema.ts';
import { cursorInstant, decodeCursor, page } from '../http/paging.ts';
import { ticketNumber } from '../http/text.schema.ts';
import type { SessionUser } from '../http/user.ts';
import { queuedTasks, type Tasks } from './queued-tasks.ts';
import type { TaskQuery, TaskRow } from './task.schema.ts';
import { rowOf, rowProperties } from './task.view.ts';

interface Order {
  property: 'dueAt' | 'changedAt' | 'submittedAt';
  direction: 'asc' | 'desc';
}

const columnOf = { dueAt: 't.due_at', changedAt: 't.changed_at', submittedAt: 't.submitted_at' } as const;

const orderOf = (sort: TaskQuery['sort']): Order => ({
  property: sort.endsWith('due') ? 'dueAt' : sort.endsWith('changed') ? 'changedAt' : 'submittedAt',
  direction: sort.startsWith('-') ? 'desc' : 'asc',
});

const place = z.tuple([cursorInstant.nullable(), ticketNumber]);

/** Tasks after the cursor; those without a deadline come last in either direction. */
const behind = (tasks: Tasks, cursor: string, { property, direction }: Order): Tasks => {
  const [at, last] = decodeCursor(cursor, place);
  const column = columnOf[property];
  const sign = direction === 'asc' ? '>' : '<';
  if (at === null) return tasks.where(column, 'is', null).where('t.number', sign, last);
  return tasks.where((eb) => {
    const later = eb(eb.refTuple(column, 't.number'), sign, eb.tuple(at, last));
    return property === 'dueAt' ? later.or(column, 'is', null) : later;
  });
};

// Only the deadline can be null. For the other columns the order must match the index exactly.
const inOrder = (tasks: Tasks, { property, direction }: Order): Tasks =>
  property === 'dueAt'
    ? tasks
        .orderBy('t.due_at', (by) => (direction === 'asc' ? by.asc() : by.desc()).nullsLast())
        .orderBy('t.number', direction)
    : tasks.orderBy(columnOf[property], direction).orderBy('t.number', direction);

const select = async (em: EntityManager, fitting: Tasks, { cursor, limit, sort }: TaskQuery) => {
  const order = orderOf(sort);
  const shown = cursor === undefined ? fitting : behind(fitting, cursor, order);
  const rows = await inOrder(shown, order)
    .select([...columnsOf('t', rowProperties), totalOf(fitting)])
    .select((eb) =>
      eb.selectFrom('tracking.role as r').whereRef('r.key', '=', 't.role_key').select('r.name').as('roleName'),
    )
    .limit(limit + 1)
    .execute();
  return { rows, count: await readTotal(em, rows, fitting) };
};

/** A page of a queue. @throws AppError `forbidden` for the queues of admins. */
export const listTasks = async (
  em: EntityManager,
  query: TaskQuery,
  user: SessionUser,
  search: TicketSearch,
): Promise<Page<TaskRow>> => {
  const fitting = queuedTasks(em, query, user);
  const { rows, count } = await (query.q === undefined
    ? select(em, fitting, query)
    : searchTwice(
        search,
        em,
        await search.wantedBy(em, query.q, 'name and e-mail'),
        fitting.select('t.number'),
        (wanted) =>
          select(
            em,
            fitting.where((eb) => search.among(wanted, eb.ref('t.number'))),
            query,
          ),
      ));
  const { property } = orderOf(query.sort);
  return page(rows, {
    limit: query.limit,
    count,
    cursor: (task) => [task[property]?.toISOString() ?? null, task.number],
    view: rowOf,
  });
};
