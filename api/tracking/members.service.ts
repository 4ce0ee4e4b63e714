import type { EntityManager } from '@mikro-orm/postgresql';
import { lockRotation } from './assign.service.ts';
import { RoleMember, TrackingRole } from './members.entity.ts';
import { tracking } from './tracking.tables.ts';

// Copies of auth's roles of TTS and their members. They arrive in any order and more than once; the newer version wins.

export interface RoleCopy {
  id: number;
  key: string;
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

/**
 * Stores a role. Returns false when this or a newer version was already there. Either way the tickets that wait for it need
 * a check: members may have arrived before the role, and an earlier worker may have died before it signalled the tickets.
 */
export const applyRole = (em: EntityManager, role: RoleCopy): Promise<boolean> =>
  em.transactional(async (tx) => {
    const { id, ...copy } = role;
    const applied = await tracking(tx)
      .insertInto('tracking.role')
      .values({ id, ...copy })
      .onConflict((there) =>
        there
          .column('id')
          .doUpdateSet(({ ref }) => ({
            name: ref('excluded.name'),
            active: ref('excluded.active'),
            version: ref('excluded.version'),
          }))
          .whereRef('tracking.role.version', '<', 'excluded.version'),
      )
      .returning('id')
      .executeTakeFirst();
    await lockRotation(tx, role.key);
    return applied !== undefined;
  });

/** Stores a membership. `roleKey` is null until the role itself has arrived. */
export const applyRoleMember = (
  em: EntityManager,
  { roleId, userId, name, active, version }: MemberCopy,
): Promise<{ applied: boolean; roleKey: string | null }> =>
  em.transactional(async (tx) => {
    const applied = await tracking(tx)
      .insertInto('tracking.role_member')
      .values({ role_id: roleId, user_id: userId, name, active, version })
      .onConflict((there) =>
        there
          .columns(['role_id', 'user_id'])
          .doUpdateSet(({ ref }) => ({
            name: ref('excluded.name'),
            active: ref('excluded.active'),
            version: ref('excluded.version'),
          }))
          .whereRef('tracking.role_member.version', '<', 'excluded.version'),
      )
      .returning('user_id')
      .executeTakeFirst();
    const role = await tx.findOne(TrackingRole, roleId, { fields: ['key'] });
    if (role) await lockRotation(tx, role.key);
    return { applied: applied !== undefined, roleKey: role?.key ?? null };
  });

/** The stored version of each role, by id. */
export const roleVersionsHere = async (em: EntityManager): Promise<Map<number, number>> => {
  const roles = await em.find(TrackingRole, {}, { fields: ['version'] });
  return new Map(roles.map(({ id, version }) => [id, version]));
};

/** The stored version of each membership of these users. */
export const memberVersionsHere = async (
  em: EntityManager,
  userIds: number[],
): Promise<{ userId: number; roleId: number; version: number }[]> => {
  const members = await em.find(RoleMember, { userId: userIds }, { fields: ['userId', 'roleId', 'version'] });
  return members.map(({ userId, roleId, version }) => ({ userId, roleId, version }));
};
