import type { EntityManager, InferKyselyTable } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { Mail, Notification } from './notification.entity.ts';

/** The tables of this module, by the names of their columns. */
export interface NotificationTables {
  'notification.notification': InferKyselyTable<typeof Notification>;
  'notification.mail': InferKyselyTable<typeof Mail>;
}

/** The query builder over this module's tables, in the transaction of `em` if there is one. */
export const notification = (em: EntityManager): Kysely<NotificationTables> => em.getKysely<NotificationTables>();
