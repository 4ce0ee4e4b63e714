import type { EntityManager } from '@mikro-orm/postgresql';
import type { Department } from '../../workflows/ticket/rules/words.ts';
import { employeeRole } from './announce.ts';
import { Role, User, UserSystemRole } from './auth.entity.ts';
import { fullName } from './people.service.ts';
import { canSignIn } from './users.service.ts';

// What other modules copy from auth. A snapshot is complete, so the newest one is enough. Null means that the row is gone.

export interface RoleSnapshot {
  id: number;
  key: string;
  name: string;
  active: boolean;
  version: number;
}

export interface MemberSnapshot {
  roleId: number;
  userId: number;
  name: string;
  /** Has the role and may sign in. */
  active: boolean;
  version: number;
}

export interface PersonSnapshot {
  userId: number;
  name: string;
  email: string;
  department: Department | null;
  companyId: string | null;
  isEmployee: boolean;
  isStaff: boolean;
  /** Keys of the active HDTS roles. */
  roles: string[];
  active: boolean;
  version: number;
}

export const roleSnapshot = async (em: EntityManager, roleId: number): Promise<RoleSnapshot | null> => {
  const role = await em.findOne(Role, roleId);
  if (!role) return null;
  const { id, key, name, isActive, version } = role;
  return { id, key, name, active: isActive === true, version };
};

export const memberSnapshot = async (
  em: EntityManager,
  { userId, roleId }: { userId: number; roleId: number },
): Promise<MemberSnapshot | null> => {
  const assignment = await em.findOne(UserSystemRole, { user: userId, role: roleId }, { populate: ['user'] });
  if (!assignment) return null;
  const { user, version } = assignment;
  const active = assignment.isActive === true && canSignIn(user);
  return { roleId, userId, name: fullName(user), active, version };
};

export const personSnapshot = async (em: EntityManager, userId: number): Promise<PersonSnapshot | null> => {
  // Read the user first, so that the roles are never older than its version.
  const user = await em.findOne(User, userId);
  if (!user) return null;
  const assignments = await em.find(
    UserSystemRole,
    { user, isActive: true, role: { isActive: true, system: { slug: 'hdts' } } },
    { populate: ['role'], orderBy: { role: { id: 'asc' } } },
  );
  const roles = assignments.map((assignment) => assignment.role.key);
  return {
    userId,
    name: fullName(user),
    email: user.email,
    department: user.department ?? null,
    companyId: user.companyId ?? null,
    isEmployee: roles.includes(employeeRole),
    isStaff: roles.some((role) => role !== employeeRole),
    roles,
    active: canSignIn(user),
    version: user.version,
  };
};
