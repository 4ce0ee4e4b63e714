import type { EntityManager, InferKyselyTable } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { OutboxEntry } from './outbox.entity.ts';

/** The outbox by the names of its columns. */
export interface OutboxTables {
  outbox: InferKyselyTable<typeof OutboxEntry>;
}

/** The query builder over the outbox, in the transaction of `em` if there is one. */
export const outbox = (em: EntityManager): Kysely<OutboxTables> => em.getKysely<OutboxTables>();
