import type { EntityManager } from '@mikro-orm/postgresql';
import { employeeRole } from './announce.ts';

// The versions of the facts that others copy, to compare them with what the copies have.

export interface RoleVersion {
  roleId: number;
  version: number;
}

/** All roles of TTS. */
export const roleVersions = (em: EntityManager): Promise<RoleVersion[]> =>
  em.execute<RoleVersion[]>(
    `select r.id as "roleId", r.version from auth.role r join auth.system s on s.id = r.system_id where s.slug = 'tts'`,
  );

export interface UserVersions {
  userId: number;
  version: number;
  /** By which workflow the help desk hears of this person; null when it need not. */
  kind: 'employee' | 'user' | null;
  /** This user's roles in TTS. */
  members: RoleVersion[];
}

/** Users in the order of their ids, after this one. */
export const userVersions = (em: EntityManager, after: number, limit: number): Promise<UserVersions[]> =>
  em.execute<UserVersions[]>(
    `select u.id as "userId", u.version,
       case when bool_or(s.slug = 'hdts' and r.name = ?) then 'employee' when bool_or(s.slug = 'hdts') then 'user' end as kind,
       coalesce(jsonb_agg(jsonb_build_object('roleId', r.id, 'version', a.version)) filter (where s.slug = 'tts'), '[]') as members
     from (select id, version from auth."user" where id > ? order by id limit ?) u
     left join auth.user_system_role a on a.user_id = u.id
     left join auth.role r on r.id = a.role_id
     left join auth.system s on s.id = r.system_id
     group by u.id, u.version order by u.id`,
    [employeeRole, after, limit],
  );
