import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** A note or reason written with a command. It is stored before the command is sent; the command carries only its id. */
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
    /** The command it belongs to, so that a retry finds it; null for notes of the first release. */
    commandId: p.text().nullable(),
    text: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
export type Note = InferEntity<typeof Note>;
