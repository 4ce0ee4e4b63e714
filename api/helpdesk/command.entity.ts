import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import { statuses } from '../../workflows/ticket/rules/words.ts';

/** A command that was carried out, with its first answer. Written with the change that it made, never changed. */
export const TicketCommand = defineEntity({
  name: 'TicketCommand',
  schema: 'helpdesk',
  tableName: 'ticket_command',
  properties: {
    ticketNumber: p.text().primary(),
    /** The id of the Temporal update, made of the sender and the `Idempotency-Key`. */
    id: p.text().primary(),
    kind: p.text(),
    actorId: p.integer(),
    /** The ticket's status and version afterwards. */
    version: p.integer(),
    status: p.enum([...statuses]),
    at: p.datetime(),
  },
});
export type TicketCommand = InferEntity<typeof TicketCommand>;
