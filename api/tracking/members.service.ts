import type { EntityManager } from '@mikro-orm/postgresql';
import { ticketsToRecheck } from './assign.service.ts';

// Copies of what auth says about the roles of TTS. They come in any order and more than once: the newer version wins.

export interface RoleCopy {
  id: number;
  name: string;
  active: boolean;
  version: number;
}

export interface MemberCopy {
  roleId: number;
  userId: number;
  name: string;
  active: boolean;
  version: number;
}

/** `applied` is false when this or a newer version was there; `waiting` are tickets whose step must be looked at again. */
export interface Applied {
  applied: boolean;
  waiting: string[];
}

const upsertRole = `
  insert into tracking.role (id, name, active, version) values (?, ?, ?, ?)
  on conflict (id) do update set name = excluded.name, active = excluded.active, version = excluded.version
  where role.version < excluded.version
  returning id`;

/** Keeps a role. Members may have come before it, so tickets that wait for it are looked at again. */
export const applyRole = (em: EntityManager, { id, name, active, version }: RoleCopy): Promise<Applied> =>
  em.transactional(async (tx) => {
    const rows = await tx.execute<{ id: number }[]>(upsertRole, [id, name, active, version]);
    return { applied: rows.length > 0, waiting: await ticketsToRecheck(tx, { role: name, userId: null }) };
  });

const upsertMember = `
  insert into tracking.role_member (role_id, user_id, name, active, version) values (?, ?, ?, ?, ?)
  on conflict (role_id, user_id) do update
    set name = excluded.name, active = excluded.active, version = excluded.version
  where role_member.version < excluded.version
  returning user_id`;

/**
 * Keeps who is in a role. The tickets to look at again are answered also when nothing was new: the workflow may have died
 * between the change and its signals.
 */
export const applyRoleMember = (em: EntityManager, member: MemberCopy): Promise<Applied> =>
  em.transactional(async (tx) => {
    const { roleId, userId, name, active, version } = member;
    const rows = await tx.execute<{ user_id: number }[]>(upsertMember, [roleId, userId, name, active, version]);
    const [role] = await tx.execute<{ name: string }[]>('select name from tracking.role where id = ?', [roleId]);
    const waiting = role ? await ticketsToRecheck(tx, { role: role.name, userId }) : [];
    return { applied: rows.length > 0, waiting };
  });

/** Which version of each role is here, by its id. */
export const roleVersionsHere = async (em: EntityManager): Promise<Map<number, number>> => {
  const rows = await em.execute<{ id: number; version: number }[]>('select id, version from tracking.role');
  return new Map(rows.map(({ id, version }) => [id, version]));
};

/** Which version of each membership of these users is here. */
export const memberVersionsHere = (
  em: EntityManager,
  userIds: number[],
): Promise<{ userId: number; roleId: number; version: number }[]> =>
  userIds.length === 0
    ? Promise.resolve([])
    : em.execute(
        `select user_id as "userId", role_id as "roleId", version from tracking.role_member
         where user_id in (${userIds.map(() => '?').join(', ')})`,
        userIds,
      );
