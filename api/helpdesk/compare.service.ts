import type { EntityManager } from '@mikro-orm/postgresql';
import { submitted, type TicketFacts } from '../../workflows/ticket/rules/state.ts';
import { finalStatuses } from '../../workflows/ticket/rules/words.ts';
import { helpdesk } from './helpdesk.tables.ts';

// Reads tickets for the reconciler, which compares them with their workflows.

export interface OpenTicket {
  number: string;
  token: string;
  version: number;
}

const tickets = (em: EntityManager) =>
  helpdesk(em).selectFrom('helpdesk.ticket').select(['number', 'token', 'version']);

/** Open tickets by number, from this one on. */
export const openTickets = (em: EntityManager, from: string, limit: number): Promise<OpenTicket[]> =>
  tickets(em)
    .where('number', '>=', from)
    .where('status', 'not in', finalStatuses)
    .orderBy('number')
    .limit(limit)
    .execute();

/** The tickets among these numbers. */
export const ticketsAmong = async (em: EntityManager, numbers: string[]): Promise<OpenTicket[]> =>
  numbers.length === 0 ? [] : tickets(em).where('number', 'in', numbers).execute();

/** What a ticket's row says about its workflow. */
export interface TicketRow {
  facts: TicketFacts;
  token: string;
  version: number;
  status: string;
  /** As stored; not checked yet. */
  workflowState: unknown;
  /** The version of the last entry in the timeline. */
  lastEntry: number;
}

/** Null when there is no such ticket. */
export const ticketRow = async (em: EntityManager, number: string): Promise<TicketRow | null> => {
  const row = await helpdesk(em)
    .selectFrom('helpdesk.ticket as t')
    .where('t.number', '=', number)
    .select(['t.number', 't.category', 't.sub_category', 't.requester_id', 't.token', 't.version', 't.status'])
    .select('t.workflow_state')
    .select(({ selectFrom }) =>
      selectFrom('helpdesk.timeline_entry as e')
        .whereRef('e.ticket_number', '=', 't.number')
        .select(({ fn }) => fn.max('e.version').as('last'))
        .as('last'),
    )
    .executeTakeFirst();
  if (!row) return null;
  const { category, token, version, status } = row;
  return {
    facts: { number, category, subCategory: row.sub_category, requesterId: row.requester_id },
    ...{ token, version, status },
    workflowState: row.workflow_state ?? { ...submitted },
    lastEntry: row.last ?? 0,
  };
};
