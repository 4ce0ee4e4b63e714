import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { System as Slug } from '../../workflows/ticket/rules/words.ts';
import { AppError } from '../http/problem.ts';
import { announceAssignment, announceRole, announceUser, bump } from './announce.ts';
import { Role, System, UserSystemRole } from './auth.entity.ts';
import { lockUser } from './users.service.ts';

export interface Made {
  id: number;
  /** False: it was there already. */
  created: boolean;
}

export const createSystem = async (em: EntityManager, input: { slug: Slug; name: string }): Promise<Made> => {
  const standing = await em.findOne(System, { slug: input.slug });
  if (standing) return { id: standing.id, created: false };
  const system = em.create(System, input);
  await em.persist(system).flush();
  return { id: system.id, created: true };
};

/** @throws AppError `not_found` when there is no such system. */
export const createRole = (em: EntityManager, input: { system: Slug; name: string }): Promise<Made> =>
  em.transactional(async (tx) => {
    const system = await tx.findOne(System, { slug: input.system });
    if (!system) throw new AppError('not_found', `System does not exist: ${input.system}`);
    const standing = await tx.findOne(Role, { system, name: input.name });
    if (standing) return { id: standing.id, created: false };
    const role = tx.create(Role, { system, name: input.name, version: 1 });
    await tx.persist(role).flush();
    announceRole(tx, role);
    return { id: role.id, created: true };
  });

/** @throws AppError `not_found` */
export const changeRole = (
  em: EntityManager,
  roleId: number,
  changes: { name?: string; isActive?: boolean },
): Promise<{ version: number }> =>
  em.transactional(async (tx) => {
    const role = await tx.findOne(Role, roleId, { populate: ['system'], lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!role) throw new AppError('not_found', `Role does not exist: ${roleId}`);
    tx.assign(role, changes);
    bump(role);
    announceRole(tx, role);
    if (role.system.slug === 'hdts') await announceAssignees(tx, role);
    return { version: role.version };
  });

// The help desk keeps the names of roles with the person.
const announceAssignees = async (em: EntityManager, role: Role): Promise<void> => {
  const assignees = await em.find(UserSystemRole, { role }, { orderBy: { user: 'asc' } });
  for (const { user } of assignees) await announceUser(em, await lockUser(em, user.id));
};

export interface Assignment {
  userId: number;
  system: Slug;
  role: string;
}

const findRole = async (em: EntityManager, system: Slug, name: string): Promise<Role> => {
  const role = await em.findOne(Role, { name, system: { slug: system } }, { populate: ['system'] });
  if (!role) throw new AppError('not_found', `Role does not exist: ${name} of ${system}`);
  return role;
};

/**
 * Gives a user a role; harmless when the user has it.
 * @throws AppError `not_found` when user or role do not exist.
 */
export const assignRole = (em: EntityManager, input: Assignment): Promise<Made> =>
  em.transactional(async (tx) => {
    // The lock makes changes of one user's roles follow one another, so that versions only grow.
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
 * Takes a role away; the very next request of the user goes without it.
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
