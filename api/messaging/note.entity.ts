import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** What somebody said with a command: a reason, a note. Put down before the command is sent, which carries only the id. */
export const Note = defineEntity({
  name: 'Note',
  schema: 'messaging',
  tableName: 'note',
  indexes: [{ properties: ['ticketNumber'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    ticketNumber: p.text(),
    authorId: p.integer(),
    text: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export type Note = InferEntity<typeof Note>;
