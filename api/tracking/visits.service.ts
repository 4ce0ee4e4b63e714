import type { EntityManager } from '@mikro-orm/postgresql';
import type { SessionUser } from '../http/user.ts';
import { Visit } from './task.entity.ts';
import { rolesOf } from './task.policy.ts';

/** Whether the ticket has been on a step of one of the user's roles. */
export const hasHadPart = async (em: EntityManager, number: string, user: SessionUser): Promise<boolean> =>
  (await em.count(Visit, { number, role: { $in: rolesOf(user) } })) > 0;
