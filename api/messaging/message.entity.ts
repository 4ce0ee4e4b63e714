import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import { voices } from './message.schema.ts';

/** What somebody said on a ticket. */
export const Message = defineEntity({
  name: 'Message',
  schema: 'messaging',
  tableName: 'message',
  indexes: [{ properties: ['ticketNumber', 'id'] }],
  uniques: [{ properties: ['authorId', 'idempotencyKey'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    ticketNumber: p.text(),
    voice: p.enum([...voices]),
    authorId: p.integer(),
    authorName: p.text(),
    text: p.text(),
    /** The page makes it for each message. One key never posts twice. */
    idempotencyKey: p.text(),
    postedAt: p.datetime(3).defaultRaw('now()'),
    editedAt: p.datetime(3).nullable(),
    /** A message that is taken back keeps its row, so that a trace stays; nobody reads its text any more. */
    takenBackAt: p.datetime(3).nullable(),
  },
});
export type Message = InferEntity<typeof Message>;

/** A text that a message had before it was edited. */
export const EarlierText = defineEntity({
  name: 'EarlierText',
  schema: 'messaging',
  tableName: 'earlier_text',
  indexes: [{ properties: ['messageId'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    messageId: p.integer(),
    text: p.text(),
    until: p.datetime(3),
  },
});
export type EarlierText = InferEntity<typeof EarlierText>;

/** What a person has begun to write on a ticket. It follows them to another device. */
export const Draft = defineEntity({
  name: 'Draft',
  schema: 'messaging',
  tableName: 'draft',
  properties: {
    ticketNumber: p.text().primary(),
    userId: p.integer().primary().autoincrement(false),
    voice: p.enum([...voices]),
    text: p.text(),
    savedAt: p.datetime(3),
  },
});
export type Draft = InferEntity<typeof Draft>;
