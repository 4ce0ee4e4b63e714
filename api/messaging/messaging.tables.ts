import type { EntityManager, InferKyselyTable } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { Draft, EarlierText, Message } from './message.entity.ts';
import type { Note } from './note.entity.ts';

/** The tables of this module, by the names of their columns. */
export interface MessagingTables {
  'messaging.note': InferKyselyTable<typeof Note>;
  'messaging.message': InferKyselyTable<typeof Message>;
  'messaging.earlier_text': InferKyselyTable<typeof EarlierText>;
  'messaging.draft': InferKyselyTable<typeof Draft>;
}

/** The query builder over this module's tables, in the transaction of `em` if there is one. */
export const messaging = (em: EntityManager): Kysely<MessagingTables> => em.getKysely<MessagingTables>();
