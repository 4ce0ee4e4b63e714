import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import type { HelpdeskTables } from './helpdesk.tables.ts';
import { type Order, placeOf } from './list-order.ts';
import type { TicketQuery } from './ticket.schema.ts';

// The conditions of a list on its tickets `t`, with and without a search.

export type Condition = Expression<SqlBool>;

const eb = expressionBuilder<{ t: HelpdeskTables['helpdesk.ticket'] }, 't'>();

/** What narrows a list, besides a search. */
export type TicketFilters = Omit<TicketQuery, 'scope' | 'q' | 'sort' | 'cursor' | 'limit'>;

/** The columns that lists are sorted by. */
export const columnOf = { submittedAt: 't.submitted_at', changedAt: 't.changed_at' } as const;

/** The filters of a list, and whose tickets it shows; null: everybody's. */
export const filtersOf = (query: TicketFilters, requesterId: number | null): Condition[] => {
  const filters: Condition[] = requesterId === null ? [] : [eb('t.requester_id', '=', requesterId)];
  if (query.status) filters.push(eb('t.status', 'in', query.status));
  if (query.category) filters.push(eb('t.category', 'in', query.category));
  if (query.priority) filters.push(eb('t.priority', 'in', query.priority));
  if (query.department) filters.push(eb('t.department', 'in', query.department));
  if (query.requester) filters.push(eb('t.requester_id', '=', query.requester));
  if (query.submittedFrom) filters.push(eb('t.submitted_at', '>=', query.submittedFrom));
  if (query.submittedBefore) filters.push(eb('t.submitted_at', '<', query.submittedBefore));
  // The coordinator who opens a ticket gives it a department.
  if (query.opened) filters.push(eb('t.department', query.opened === 'true' ? 'is not' : 'is', null));
  return filters;
};

/** The tickets of this rank after the cursor: all, some or none. */
export const beyond = (query: TicketQuery, { property, direction }: Order, rank: number): Condition => {
  const last = placeOf(query);
  if (last === null) return eb.lit(true);
  if (last.rank !== rank) return eb.lit(last.rank < rank);
  return eb(eb.refTuple(columnOf[property], 't.id'), direction === 'asc' ? '>' : '<', eb.tuple(last.at, last.id));
};
