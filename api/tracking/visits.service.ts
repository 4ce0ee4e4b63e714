import type { EntityManager } from '@mikro-orm/postgresql';
import type { SessionUser } from '../http/user.ts';
import { Visit } from './task.entity.ts';
import { roleKeysOf } from './task.policy.ts';

/** Whether the ticket has been on a step of one of the user's roles. */
export const hasHadPart = async (em: EntityManager, number: string, user: SessionUser): Promise<boolean> =>
  (await em.count(Visit, { number, roleKey: { $in: roleKeysOf(user) } })) > 0;
