import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Backlog } from '../operations/metrics/metrics.ts';
import { notification } from './notification.tables.ts';

/** How many mails were not sent yet, and how old the oldest of them is. */
export const mailBacklog = (em: EntityManager): Promise<Backlog> =>
  notification(em)
    .selectFrom('notification.mail as m')
    .innerJoin('notification.notification as n', 'n.id', 'm.notification_id')
    .where('m.state', '=', 'pending')
    .select(({ fn }) => fn.countAll().as('waiting'))
    .select(sql<number>`coalesce(extract(epoch from now() - min(n.created_at)), 0)::float8`.as('oldestSeconds'))
    .executeTakeFirstOrThrow()
    .then(({ waiting, oldestSeconds }) => ({ waiting: Number(waiting), oldestSeconds }));
