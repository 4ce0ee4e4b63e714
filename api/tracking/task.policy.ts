import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import { anyRole, hasRole, role } from '../http/policy.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';

/** Everybody who works at the desk. */
export const agents = anyRole('tts');

/** Who sees every queue and chooses workflows for unrouted tickets. */
export const admins = role('tts', 'admin');

export const isAdmin = (user: SessionUser): boolean => hasRole(user, 'tts', 'admin');

/** Who may send each command: asked by its route, and once more where the change is written. */
export const taskCommands = { act: agents, take: agents, route: admins } as const;

/** The keys of the user's roles at the desk. */
export const roleKeysOf = (user: SessionUser): string[] =>
  user.systems.find((system) => system.slug === 'tts')?.roles.map(({ key }) => key) ?? [];

/** Why this user may do nothing on a step of this role; null when it is one of theirs. */
export const whyNotInRole = (user: SessionUser, roleKey: string, roleName = readableRole(roleKey)): string | null =>
  roleKeysOf(user).includes(roleKey) ? null : `This step belongs to the role ${roleName}, which you do not have.`;

/** @throws AppError `forbidden` when the role is none of the user's. */
export const requireRole = (user: SessionUser, roleKey: string, roleName = readableRole(roleKey)): void => {
  const why = whyNotInRole(user, roleKey, roleName);
  if (why !== null) throw new AppError('forbidden', why);
};
