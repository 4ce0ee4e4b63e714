import type { EntityManager, InferKyselyTable } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { Role, System, User, UserSystemRole } from './auth.entity.ts';
import type { Session } from './session.entity.ts';

/** The tables of this module, by the names of their columns. */
export interface AuthTables {
  'auth.system': InferKyselyTable<typeof System>;
  'auth.role': InferKyselyTable<typeof Role>;
  'auth.user': InferKyselyTable<typeof User>;
  'auth.user_system_role': InferKyselyTable<typeof UserSystemRole>;
  'auth.session': InferKyselyTable<typeof Session>;
}

/** The query builder over this module's tables, in the transaction of `em` if there is one. */
export const auth = (em: EntityManager): Kysely<AuthTables> => em.getKysely<AuthTables>();
