import { anyRole, hasRole, role } from '../http/policy.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';

/** Everybody who works at the desk. */
export const agents = anyRole('tts');

/** Who sees every queue and chooses workflows for unrouted tickets. */
export const admins = role('tts', 'Admin');

export const isAdmin = (user: SessionUser): boolean => hasRole(user, 'tts', 'Admin');

/** Who may send each command: asked by its route, and once more where the change is written. */
export const taskCommands = { act: agents, take: agents, route: admins } as const;

/** The user's roles at the desk. */
export const rolesOf = (user: SessionUser): string[] =>
  user.systems.find((system) => system.slug === 'tts')?.roles ?? [];

/** Why this user may do nothing on a step of this role; null when it is one of theirs. */
export const whyNotInRole = (user: SessionUser, role: string): string | null =>
  rolesOf(user).includes(role) ? null : `This step belongs to the role ${role}, which you do not have.`;

/** @throws AppError `forbidden` when the role is none of the user's. */
export const requireRole = (user: SessionUser, role: string): void => {
  const why = whyNotInRole(user, role);
  if (why !== null) throw new AppError('forbidden', why);
};
