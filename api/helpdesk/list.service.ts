import type { EntityManager } from '@mikro-orm/postgresql';
import { columnsOf } from '../db/columns.ts';
import { readTotal, totalOf } from '../db/keyset.ts';
import type { TicketSearch } from '../db/search/ticket-search.ts';
import type { Page } from '../http/page.schema.ts';
import { page } from '../http/paging.ts';
import type { SessionUser } from '../http/user.ts';
import { helpdesk } from './helpdesk.tables.ts';
import { beyond, columnOf, filtersOf } from './list-conditions.ts';
import { cursorAt, orderOf } from './list-order.ts';
import { search } from './search/found.service.ts';
import { requesterIn } from './ticket.policy.ts';
import type { TicketQuery, TicketRow } from './ticket.schema.ts';
import { rowOf, rowProperties } from './ticket.view.ts';

// Only a search has more than one rank.
const onlyRank = 0;

const listAll = async (em: EntityManager, query: TicketQuery, requesterId: number | null) => {
  const order = orderOf(query);
  const fitting = filtersOf(query, requesterId).reduce(
    (tickets, filter) => tickets.where(filter),
    helpdesk(em).selectFrom('helpdesk.ticket as t'),
  );
  const rows = await fitting
    .where(beyond(query, order, onlyRank))
    .select([...columnsOf('t', ['id', ...rowProperties]), totalOf(fitting)])
    .orderBy(columnOf[order.property], order.direction)
    .orderBy('t.id', order.direction)
    .limit(query.limit + 1)
    .execute();
  return { rows: rows.map((row) => ({ ...row, rank: onlyRank })), count: await readTotal(em, rows, fitting) };
};

/** A page of the tickets that this user may see. */
export const listTickets = async (
  em: EntityManager,
  query: TicketQuery,
  reader: SessionUser,
  tickets: TicketSearch,
): Promise<Page<TicketRow>> => {
  const { property } = orderOf(query);
  const requesterId = requesterIn(query.scope, reader);
  const { q } = query;
  const { rows, count } = await (q === undefined
    ? listAll(em, query, requesterId)
    : search(em, { ...query, q }, requesterId, tickets));
  return page(rows, {
    limit: query.limit,
    count,
    cursor: (row) => cursorAt({ rank: row.rank, at: row[property], id: row.id }),
    view: rowOf,
  });
};
