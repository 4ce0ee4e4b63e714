import type { EntityManager } from '@mikro-orm/postgresql';
import { employeeRole } from './announce.ts';
import { Role, User, UserSystemRole } from './auth.entity.ts';

// The versions of what other modules copy; the reconciler compares them with the copies.

export interface RoleVersion {
  roleId: number;
  version: number;
}

/** All roles of TTS. */
export const roleVersions = async (em: EntityManager): Promise<RoleVersion[]> => {
  const roles = await em.find(Role, { system: { slug: 'tts' } }, { fields: ['version'] });
  return roles.map(({ id, version }) => ({ roleId: id, version }));
};

export interface UserVersions {
  userId: number;
  version: number;
  /** The workflow that sends this person to the help desk. */
  kind: 'employee' | 'user';
  /** This user's roles in TTS. */
  members: RoleVersion[];
}

/** Users after this id, by id. */
export const userVersions = async (em: EntityManager, after: number, limit: number): Promise<UserVersions[]> => {
  const users = await em.find(User, { id: { $gt: after } }, { fields: ['version'], orderBy: { id: 'asc' }, limit });
  const assignments = await em.find(
    UserSystemRole,
    { user: users.map(({ id }) => id) },
    { fields: ['user', 'version', 'role.key', 'role.system.slug'], orderBy: { role: { id: 'asc' } } },
  );
  const byUser = Map.groupBy(assignments, ({ user }) => user.id);
  return users.map(({ id, version }) => {
    const inSystem = (slug: string) => (byUser.get(id) ?? []).filter(({ role }) => role.system.slug === slug);
    const isEmployee = inSystem('hdts').some(({ role }) => role.key === employeeRole);
    return {
      userId: id,
      version,
      kind: isEmployee ? 'employee' : 'user',
      members: inSystem('tts').map((assignment) => ({ roleId: assignment.role.id, version: assignment.version })),
    };
  });
};
