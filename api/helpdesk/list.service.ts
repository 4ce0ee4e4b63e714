import type { EntityManager } from '@mikro-orm/postgresql';
import { columnsOf } from '../db/columns.ts';
import { readTotal, totalOf } from '../db/keyset.ts';
import type { Page } from '../http/page.schema.ts';
import { page } from '../http/paging.ts';
import type { SessionUser } from '../http/user.ts';
import { search } from './found.service.ts';
import { helpdesk } from './helpdesk.tables.ts';
import { cursorAt, type Order, orderOf, placeOf } from './list-order.ts';
import { canSeeAll } from './ticket.policy.ts';
import type { TicketQuery, TicketRow } from './ticket.schema.ts';
import { rowOf, rowProperties } from './ticket.view.ts';

/** A query for tickets that has selected no columns yet. */
type Tickets = ReturnType<typeof allTickets>;

const allTickets = (em: EntityManager) => helpdesk(em).selectFrom('helpdesk.ticket as t');

/** Whose tickets to list; null: everybody's. */
const requesterOf = ({ scope }: TicketQuery, reader: SessionUser): number | null =>
  scope === 'all' && canSeeAll(reader) ? null : reader.id;

const filtered = (all: Tickets, query: TicketQuery, requesterId: number | null): Tickets => {
  let tickets = all;
  if (requesterId !== null) tickets = tickets.where('t.requester_id', '=', requesterId);
  if (query.status) tickets = tickets.where('t.status', 'in', query.status);
  if (query.category) tickets = tickets.where('t.category', 'in', query.category);
  if (query.priority) tickets = tickets.where('t.priority', 'in', query.priority);
  return tickets;
};

const columnOf = { submittedAt: 't.submitted_at', changedAt: 't.changed_at' } as const;

/** Tickets after the end of the last page. */
const behind = (tickets: Tickets, query: TicketQuery, { property, direction }: Order): Tickets => {
  const place = placeOf(query);
  if (place === null) return tickets;
  return tickets.where((eb) =>
    // Only a search has more than one rank.
    place.rank === 0
      ? eb(eb.refTuple(columnOf[property], 't.id'), direction === 'asc' ? '>' : '<', eb.tuple(place.at, place.id))
      : eb.lit(false),
  );
};

const listAll = async (em: EntityManager, query: TicketQuery, requesterId: number | null) => {
  const order = orderOf(query);
  const fitting = filtered(allTickets(em), query, requesterId);
  const rows = await behind(fitting, query, order)
    .select([...columnsOf('t', ['id', ...rowProperties]), totalOf(fitting)])
    .orderBy(columnOf[order.property], order.direction)
    .orderBy('t.id', order.direction)
    .limit(query.limit + 1)
    .execute();
  return { rows: rows.map((row) => ({ ...row, rank: 0 })), count: await readTotal(em, rows, fitting) };
};

/** A page of the tickets that this user may see. */
export const listTickets = async (
  em: EntityManager,
  query: TicketQuery,
  reader: SessionUser,
): Promise<Page<TicketRow>> => {
  const { property } = orderOf(query);
  const requesterId = requesterOf(query, reader);
  const { q } = query;
  const { rows, count } = await (q === undefined
    ? listAll(em, query, requesterId)
    : search(em, { ...query, q }, requesterId));
  return page(rows, {
    limit: query.limit,
    count,
    cursor: (row) => cursorAt({ rank: row.rank, at: row[property], id: row.id }),
    view: rowOf,
  });
};
