import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/**
 * The search text of a ticket: number, subject, a separator that no text can hold, and description, all in lower case.
 * It has a table of its own so that changes of the ticket do not touch the large index.
 */
export const TicketText = defineEntity({
  name: 'TicketText',
  schema: 'helpdesk',
  tableName: 'ticket_text',
  indexes: [
    {
      name: 'ticket_text_words_index',
      expression: `create index "ticket_text_words_index" on "helpdesk"."ticket_text" using gin ("words" gin_trgm_ops)`,
    },
  ],
  properties: {
    number: p.text().primary(),
    words: p.text(),
  },
});
export type TicketText = InferEntity<typeof TicketText>;

/** Every word used in a ticket, in lower case. Mistyped search words are compared with these. */
export const Word = defineEntity({
  name: 'Word',
  schema: 'helpdesk',
  tableName: 'word',
  indexes: [
    {
      name: 'word_word_index',
      expression: `create index "word_word_index" on "helpdesk"."word" using gin ("word" gin_trgm_ops)`,
    },
  ],
  properties: { word: p.text().primary() },
});
export type Word = InferEntity<typeof Word>;
