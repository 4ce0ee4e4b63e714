import type { EntityManager } from '@mikro-orm/postgresql';
import { submitted, type TicketFacts } from '../../workflows/ticket/rules/state.ts';
import { finalStatuses } from '../../workflows/ticket/rules/words.ts';
import { Ticket } from './ticket.entity.ts';
import { factsOf } from './ticket.view.ts';

// What the help desk tells of its tickets when they are compared with their workflows.

export interface OpenTicket {
  number: string;
  token: string;
  version: number;
}

/** Tickets that are not over, in the order of their numbers, from this one on. */
export const openTickets = (em: EntityManager, from: string, limit: number): Promise<OpenTicket[]> =>
  em.execute<OpenTicket[]>(
    `select number, token, version from helpdesk.ticket
     where number >= ? and status not in (${finalStatuses.map(() => '?').join(', ')}) order by number limit ?`,
    [from, ...finalStatuses, limit],
  );

/** Those of these numbers that are tickets. */
export const ticketsAmong = (em: EntityManager, numbers: string[]): Promise<OpenTicket[]> =>
  numbers.length === 0
    ? Promise.resolve([])
    : em.execute<OpenTicket[]>(
        `select number, token, version from helpdesk.ticket where number in (${numbers.map(() => '?').join(', ')})`,
        numbers,
      );

/** All that a row says of its workflow. */
export interface TicketRow {
  facts: TicketFacts;
  token: string;
  version: number;
  status: string;
  /** As it was stored: nobody has looked yet whether it is whole. */
  workflow: unknown;
  /** The versions that have lines in the timeline, in order. */
  told: number[];
}

/** Null when there is no such ticket. */
export const ticketRow = async (em: EntityManager, number: string): Promise<TicketRow | null> => {
  const ticket = await em.findOne(Ticket, { number }, { populate: ['workflowState'] });
  if (!ticket) return null;
  const lines = await em.execute<{ version: number }[]>(
    'select distinct version from helpdesk.timeline_entry where ticket_number = ? order by version',
    [number],
  );
  return {
    facts: factsOf(ticket),
    token: ticket.token,
    version: ticket.version,
    status: ticket.status,
    workflow: ticket.workflowState ?? { ...submitted },
    told: lines.map(({ version }) => version),
  };
};
