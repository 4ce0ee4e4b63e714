import type { EntityManager } from '@mikro-orm/postgresql';
import { type Condition, every, selectPage, when } from '../db/page.ts';
import { shapeOf } from '../db/rows.ts';
import { type Order, orderOf, placeOf } from './list-order.ts';
import { found, ranksOf, respelt, type Sought, selectFound, soughtBy } from './search.service.ts';
import { Ticket } from './ticket.entity.ts';
import type { TicketQuery } from './ticket.schema.ts';
import { rowProperties } from './ticket.view.ts';

type SearchQuery = TicketQuery & { q: string };

const filtersOf = (query: TicketQuery, requesterId: number | null): Condition[] => {
  const filters: Condition[] = requesterId === null ? [] : [when('t.requester_id = ?', requesterId)];
  if (query.status) filters.push(when('t.status in (?)', query.status));
  if (query.category) filters.push(when('t.category in (?)', query.category));
  if (query.priority) filters.push(when('t.priority in (?)', query.priority));
  return filters;
};

const sqlOf = { submittedAt: 't.submitted_at', changedAt: 't.changed_at' } as const;

/** For each rank what lies behind the cursor: all of it, a part, or nothing. */
const beyond = (query: TicketQuery, { property, direction }: Order, rank: number): Condition => {
  const last = placeOf(query);
  if (last === null) return when('true');
  if (last.rank !== rank) return when(last.rank < rank ? 'true' : 'false');
  const sign = direction === 'asc' ? '>' : '<';
  return when(`(${sqlOf[property]}, t.id) ${sign} (?::timestamptz, ?)`, last.at.toISOString(), last.id);
};

const selectRows = (
  em: EntityManager,
  query: TicketQuery,
  requesterId: number | null,
  sought: Sought,
  columns: string,
) => {
  const order = orderOf(query);
  const filters = filtersOf(query, requesterId);
  const common = {
    columns,
    order: `${sqlOf[order.property]} ${order.direction}, t.id ${order.direction}`,
    limit: query.limit + 1,
  };
  const ranks = ranksOf(sought, order.bestFirst).map((rank, index) => ({
    ...rank,
    beyond: beyond(query, order, index),
  }));
  // With filters it may be shorter to begin with them: PostgreSQL knows how many tickets they leave.
  if (filters.length === 0) return selectFound(em, { ...common, ranks });
  return selectPage(em, {
    ...common,
    from: 'helpdesk.ticket t join helpdesk.ticket_text s on s.number = t.number',
    where: every([...filters, found(sought)]),
    ranks: ranks.map((rank) => every([rank.text, rank.beyond])),
  });
};

const select = async (em: EntityManager, query: TicketQuery, requesterId: number | null, sought: Sought) => {
  const shape = shapeOf(em, Ticket, ['id', ...rowProperties], 't');
  const { rows, count } = await selectRows(em, query, requesterId, sought, shape.columns);
  return { rows: rows.map((row) => ({ ...shape.read(row), rank: row.rank })), count };
};

type Found = Awaited<ReturnType<typeof select>>;

/** Looks for the words as they are written, and, when nobody has written them so, as they may have been meant. */
export const search = async (em: EntityManager, query: SearchQuery, requesterId: number | null): Promise<Found> => {
  const sought = soughtBy(query.q);
  const literal = await select(em, query, requesterId, sought);
  if (literal.count > 0) return literal;
  const meant = await respelt(em, sought, requesterId);
  return meant ? select(em, query, requesterId, meant) : literal;
};
