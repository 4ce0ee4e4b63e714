import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/**
 * The search text of a ticket, as `searchTextOf` makes it. It has a table of its own so that changes of the ticket do not
 * touch the large indexes.
 */
export const TicketText = defineEntity({
  name: 'TicketText',
  schema: 'helpdesk',
  tableName: 'ticket_text',
  indexes: [
    {
      name: 'ticket_text_head_index',
      expression: `create index "ticket_text_head_index" on "helpdesk"."ticket_text" using gin ("head" gin_trgm_ops)`,
    },
    {
      name: 'ticket_text_words_index',
      expression: `create index "ticket_text_words_index" on "helpdesk"."ticket_text" using gin ("words" gin_trgm_ops)`,
    },
  ],
  properties: {
    number: p.text().primary(),
    /** Number and subject. */
    head: p.text(),
    /** Everything, the head too. */
    words: p.text(),
  },
});
export type TicketText = InferEntity<typeof TicketText>;

/** Every word used in a ticket. Mistyped search words are compared with these. */
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
