import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Backlog } from '../../operations/metrics/metrics.ts';
import { outbox } from './outbox.tables.ts';

/** How many workflows wait for their start, and how long the oldest has waited. */
export const outboxBacklog = (em: EntityManager): Promise<Backlog> =>
  outbox(em)
    .selectFrom('outbox')
    .select(({ fn }) => fn.countAll().as('waiting'))
    .select(sql<number>`coalesce(extract(epoch from now() - min(created_at)), 0)::float8`.as('oldestSeconds'))
    .executeTakeFirstOrThrow()
    .then(({ waiting, oldestSeconds }) => ({ waiting: Number(waiting), oldestSeconds }));
