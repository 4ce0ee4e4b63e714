import type { EntityManager } from '@mikro-orm/postgresql';
import { when } from '../db/page.ts';
import { selectRows } from '../db/rows.ts';
import type { SessionUser } from '../http/user.ts';
import { Ticket } from './ticket.entity.ts';
import { canSeeAll } from './ticket.policy.ts';
import type { TicketQuery } from './ticket.schema.ts';
import { type ViewedTicket, viewProperties } from './ticket.view.ts';
import { unknownTicket } from './timeline.service.ts';

/** A ticket that this user may see. @throws AppError `not_found`, also for one that is somebody else's. */
export const visibleTicket = async (em: EntityManager, number: string, reader: SessionUser): Promise<ViewedTicket> => {
  const [ticket] = await selectRows(em, Ticket, viewProperties, when('where number = ?', number));
  if (!ticket || (ticket.requesterId !== reader.id && !canSeeAll(reader))) throw unknownTicket(number);
  return ticket;
};

/** How many tickets stand in each status, within what this user may see. */
export const countTickets = async (
  em: EntityManager,
  scope: TicketQuery['scope'],
  reader: SessionUser,
): Promise<Record<string, number>> => {
  const all = scope === 'all' && canSeeAll(reader);
  const rows = await em.execute<{ status: string; count: string }[]>(
    `select status, count(*) as count from helpdesk.ticket ${all ? '' : 'where requester_id = ?'} group by status`,
    all ? [] : [reader.id],
  );
  return Object.fromEntries(rows.map((row) => [row.status, Number(row.count)]));
};
