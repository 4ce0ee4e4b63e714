import type { EntityManager, InferKyselyTable } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { TicketCommand } from './command.entity.ts';
import type { Person } from './person.entity.ts';
import type { TicketText, Word } from './search/search.entity.ts';
import type { Ticket, TimelineEntryRow } from './ticket.entity.ts';

/** The tables of this module, by the names of their columns. */
export interface HelpdeskTables {
  'helpdesk.ticket': InferKyselyTable<typeof Ticket>;
  'helpdesk.timeline_entry': InferKyselyTable<typeof TimelineEntryRow>;
  'helpdesk.ticket_command': InferKyselyTable<typeof TicketCommand>;
  'helpdesk.ticket_text': InferKyselyTable<typeof TicketText>;
  'helpdesk.word': InferKyselyTable<typeof Word>;
  'helpdesk.person': InferKyselyTable<typeof Person>;
}

/** The query builder over this module's tables, in the transaction of `em` if there is one. */
export const helpdesk = (em: EntityManager): Kysely<HelpdeskTables> => em.getKysely<HelpdeskTables>();
