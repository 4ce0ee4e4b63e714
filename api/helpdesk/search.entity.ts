import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/**
 * What a ticket is found by: its number, its subject and, behind a separator that no text can hold, its description, all
 * in lower case. Written once, in a table of its own: there a change of the ticket leaves the large index alone.
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

/** Every word that a ticket has been written with, in lower case: mistyped words are compared with these. */
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
