import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** What somebody writes with a command: a reason, a note. Written before the command is sent, which carries only the id. */
export const Note = defineEntity({
  name: 'Note',
  schema: 'messaging',
  tableName: 'note',
  indexes: [{ properties: ['ticketNumber'] }],
  uniques: [{ properties: ['ticketNumber', 'commandId'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    ticketNumber: p.text(),
    authorId: p.integer(),
    /** The command that it goes with; null for one of the first release. Sent again, the command finds its note. */
    commandId: p.text().nullable(),
    text: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export type Note = InferEntity<typeof Note>;
