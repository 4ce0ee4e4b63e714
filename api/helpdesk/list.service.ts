import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { type Condition, every, selectPage, when } from '../db/page.ts';
import { shapeOf } from '../db/rows.ts';
import type { Page } from '../http/page.schema.ts';
import { type Cursor, cursorInstant, decodeCursor, page } from '../http/paging.ts';
import type { SessionUser } from '../http/user.ts';
import { found, ranksOf, respelt, type Sought, selectFound, soughtBy } from './search.service.ts';
import { Ticket } from './ticket.entity.ts';
import { canSeeAll } from './ticket.policy.ts';
import type { TicketQuery, TicketRow } from './ticket.schema.ts';
import { rowOf, rowProperties } from './ticket.view.ts';

interface Order {
  column: 'submittedAt' | 'changedAt';
  direction: 'asc' | 'desc';
  /** Tickets with the words in number or subject come before those with the words in the description. */
  bestFirst: boolean;
}

const orderOf = ({ sort, q }: TicketQuery): Order => ({
  column: sort?.endsWith('changed') ? 'changedAt' : 'submittedAt',
  direction: sort === 'submitted' || sort === 'changed' ? 'asc' : 'desc',
  bestFirst: q !== undefined && (sort === undefined || sort === 'best'),
});

/** Whose tickets somebody looks at; null: everybody's. */
const requesterOf = ({ scope }: TicketQuery, reader: SessionUser): number | null =>
  scope === 'all' && canSeeAll(reader) ? null : reader.id;

const filtersOf = (query: TicketQuery, reader: SessionUser): Condition[] => {
  const requesterId = requesterOf(query, reader);
  const filters: Condition[] = requesterId === null ? [] : [when('t.requester_id = ?', requesterId)];
  if (query.status) filters.push(when('t.status in (?)', query.status));
  if (query.category) filters.push(when('t.category in (?)', query.category));
  if (query.priority) filters.push(when('t.priority in (?)', query.priority));
  return filters;
};

/** Rank, moment and id of the row that a page ended with. */
const place = z.tuple([
  z
    .string()
    .regex(/^[01] /)
    .transform((text) => ({ rank: Number(text.slice(0, 1)), at: text.slice(2) }))
    .pipe(z.object({ rank: z.int(), at: cursorInstant })),
  z.int(),
]);

const sqlOf = { submittedAt: 't.submitted_at', changedAt: 't.changed_at' } as const;

/** For each rank what lies behind the cursor: all of it, a part, or nothing. */
const beyond = (cursor: string | undefined, { column, direction }: Order, rank: number): Condition => {
  if (cursor === undefined) return when('true');
  const [last, id] = decodeCursor(cursor, place);
  if (last.rank !== rank) return when(last.rank < rank ? 'true' : 'false');
  const sign = direction === 'asc' ? '>' : '<';
  return when(`(${sqlOf[column]}, t.id) ${sign} (?::timestamptz, ?)`, last.at.toISOString(), id);
};

const selectRows = (em: EntityManager, query: TicketQuery, reader: SessionUser, sought: Sought, columns: string) => {
  const order = orderOf(query);
  const filters = filtersOf(query, reader);
  const common = {
    columns,
    order: `${sqlOf[order.column]} ${order.direction}, t.id ${order.direction}`,
    limit: query.limit + 1,
  };
  const isSearch = sought.length > 0;
  const ranks = ranksOf(sought, order.bestFirst).map((rank, index) => ({
    ...rank,
    beyond: beyond(query.cursor, order, index),
  }));
  // With filters it may be shorter to begin with them: PostgreSQL knows how many tickets they leave.
  if (isSearch && filters.length === 0) return selectFound(em, { ...common, ranks });
  return selectPage(em, {
    ...common,
    from: `helpdesk.ticket t${isSearch ? ' join helpdesk.ticket_text s on s.number = t.number' : ''}`,
    where: every([...filters, found(sought)]),
    ranks: ranks.map((rank) => every([rank.text, rank.beyond])),
  });
};

const select = async (em: EntityManager, query: TicketQuery, reader: SessionUser, sought: Sought) => {
  const shape = shapeOf(em, Ticket, ['id', ...rowProperties], 't');
  const { rows, count } = await selectRows(em, query, reader, sought, shape.columns);
  return { rows: rows.map((row) => ({ ...shape.read(row), rank: row.rank })), count };
};

type Found = Awaited<ReturnType<typeof select>>;

/** Looks for the words as they are written, and, when nobody has written them so, as they may have been meant. */
const search = async (em: EntityManager, query: TicketQuery, reader: SessionUser): Promise<Found> => {
  const sought = query.q === undefined ? [] : soughtBy(query.q);
  const literal = await select(em, query, reader, sought);
  if (literal.count > 0 || sought.length === 0) return literal;
  const meant = await respelt(em, sought, requesterOf(query, reader));
  return meant ? select(em, query, reader, meant) : literal;
};

/** A page of the tickets that this user may see. */
export const listTickets = async (
  em: EntityManager,
  query: TicketQuery,
  reader: SessionUser,
): Promise<Page<TicketRow>> => {
  const { column } = orderOf(query);
  const { rows, count } = await search(em, query, reader);
  return page(rows, {
    limit: query.limit,
    count,
    cursor: (row): Cursor => [`${row.rank} ${row[column].toISOString()}`, row.id],
    view: rowOf,
  });
};
