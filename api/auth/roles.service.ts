import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { roleKeyOf } from '../../workflows/ticket/rules/role-key.ts';
import type { System as Slug } from '../../workflows/ticket/rules/words.ts';
import { AppError } from '../http/problem.ts';
import { announceAssignment, announceRole, announceUser, bump } from './announce.ts';
import { Role, System, UserSystemRole } from './auth.entity.ts';
import { lockUser } from './users.service.ts';

export interface Made {
  id: number;
  /** False when it already existed. */
  created: boolean;
}

export const createSystem = async (em: EntityManager, input: { slug: Slug; name: string }): Promise<Made> => {
  const standing = await em.findOne(System, { slug: input.slug });
  if (standing) return { id: standing.id, created: false };
  const system = em.create(System, input);
  await em.persist(system).flush();
  return { id: system.id, created: true };
};

/**
 * Creates a role by its key. An existing one stays as it is, even when it has another name by now.
 * @throws AppError `not_found` when there is no such system; `not_allowed` when the name is taken, or no key can be made of it.
 */
export const createRole = (em: EntityManager, input: { system: Slug; name: string; key?: string }): Promise<Made> =>
  em.transactional(async (tx) => {
    const system = await tx.findOne(System, { slug: input.system });
    if (!system) throw new AppError('not_found', `System does not exist: ${input.system}`);
    const { name, key = roleKeyOf(name) } = input;
    if (!/[a-z0-9]/.test(key))
      throw new AppError(
        'not_allowed',
        `Give the role ${name} a key: its name has no letter from A to Z and no digit.`,
      );
    const standing = await tx.findOne(Role, { system, key });
    if (standing) return { id: standing.id, created: false };
    await refuseTakenName(tx, system, name);
    const role = tx.create(Role, { system, key, name, version: 1 });
    await tx.persist(role).flush();
    announceRole(tx, role);
    return { id: role.id, created: true };
  });

const refuseTakenName = async (em: EntityManager, system: System, name: string): Promise<void> => {
  if ((await em.count(Role, { system, name })) > 0)
    throw new AppError('not_allowed', `Another role of ${system.name} is called ${name}.`);
};

/**
 * Renames a role, or switches it on or off. Its key stays, so all references keep working.
 * @throws AppError `not_found`; `not_allowed` when another role has the name.
 */
export const changeRole = (
  em: EntityManager,
  roleId: number,
  changes: { name?: string; isActive?: boolean },
): Promise<{ version: number }> =>
  em.transactional(async (tx) => {
    const role = await tx.findOne(Role, roleId, { populate: ['system'], lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!role) throw new AppError('not_found', `Role does not exist: ${roleId}`);
    const { name = role.name, isActive } = changes;
    if (name !== role.name) await refuseTakenName(tx, role.system, name);
    tx.assign(role, changes);
    bump(role);
    announceRole(tx, role);
    if (role.system.slug === 'hdts' && isActive !== undefined) await announceAssignees(tx, role);
    return { version: role.version };
  });

// The help desk stores the active role keys with each person, so these copies need an update.
const announceAssignees = async (em: EntityManager, role: Role): Promise<void> => {
  const assignees = await em.find(UserSystemRole, { role }, { orderBy: { user: 'asc' } });
  for (const { user } of assignees) await announceUser(em, await lockUser(em, user.id));
};

/** A role's name, locked until the transaction ends; null when the role is gone. */
export const holdRoleName = async (em: EntityManager, roleId: number): Promise<string | null> =>
  (await em.findOne(Role, roleId, { lockMode: LockMode.PESSIMISTIC_READ, refresh: true }))?.name ?? null;

export interface Assignment {
  userId: number;
  system: Slug;
  /** The key of the role. */
  role: string;
}

const findRole = async (em: EntityManager, system: Slug, key: string): Promise<Role> => {
  const role = await em.findOne(Role, { key, system: { slug: system } }, { populate: ['system'] });
  if (!role) throw new AppError('not_found', `Role does not exist: ${key} of ${system}`);
  return role;
};

/**
 * Gives a user a role; does nothing when the user already has it.
 * @throws AppError `not_found` when user or role do not exist.
 */
export const assignRole = (em: EntityManager, input: Assignment): Promise<Made> =>
  em.transactional(async (tx) => {
    // The lock serialises changes of one user's roles, so that versions only grow.
    const user = await lockUser(tx, input.userId);
    const role = await findRole(tx, input.system, input.role);
    const standing = await tx.findOne(UserSystemRole, { user, role });
    if (standing?.isActive) return { id: standing.id, created: false };
    if (standing) {
      standing.isActive = true;
      bump(standing);
    }
    const assignment = standing ?? tx.create(UserSystemRole, { user, role, version: 1, isActive: true });
    announceAssignment(tx, assignment);
    await tx.persist(assignment).flush();
    return { id: assignment.id, created: true };
  });

/**
 * Takes a role away, effective from the user's next request.
 * @throws AppError `not_found` when user or role do not exist.
 */
export const revokeRole = (em: EntityManager, input: Assignment): Promise<{ changed: boolean }> =>
  em.transactional(async (tx) => {
    const user = await lockUser(tx, input.userId);
    const role = await findRole(tx, input.system, input.role);
    const standing = await tx.findOne(UserSystemRole, { user, role, isActive: true });
    if (!standing) return { changed: false };
    standing.isActive = false;
    bump(standing);
    announceAssignment(tx, standing);
    return { changed: true };
  });
