import type { EntityManager } from '@mikro-orm/postgresql';
import { columnsOf } from '../db/columns.ts';
import { countAll } from '../db/query-builder.ts';
import type { SessionUser } from '../http/user.ts';
import { helpdesk } from './helpdesk.tables.ts';
import { filtersOf, type TicketFilters } from './list-conditions.ts';
import { canSee, requesterIn } from './ticket.policy.ts';
import type { TicketQuery } from './ticket.schema.ts';
import { type ViewedTicket, viewProperties } from './ticket.view.ts';
import { unknownTicket } from './timeline.service.ts';

/** A ticket that this user may see. @throws AppError `not_found`, also when the ticket belongs to somebody else. */
export const visibleTicket = async (em: EntityManager, number: string, reader: SessionUser): Promise<ViewedTicket> => {
  const ticket = await helpdesk(em)
    .selectFrom('helpdesk.ticket as t')
    .select(columnsOf('t', viewProperties))
    .where('t.number', '=', number)
    .executeTakeFirst();
  if (!ticket || !canSee(reader, ticket)) throw unknownTicket(number);
  return ticket;
};

/** Counts by status the tickets that this user may see. */
export const countTickets = async (
  em: EntityManager,
  { scope, ...filters }: TicketFilters & Pick<TicketQuery, 'scope'>,
  reader: SessionUser,
): Promise<Record<string, number>> => {
  const rows = await helpdesk(em)
    .selectFrom('helpdesk.ticket as t')
    .where((eb) => eb.and(filtersOf(filters, requesterIn(scope, reader))))
    .select(['t.status', countAll().as('count')])
    .groupBy('t.status')
    .execute();
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};
