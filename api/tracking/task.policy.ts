import { anyRole, hasRole } from '../http/policy.ts';
import type { SessionUser } from '../http/user.ts';

/** Everybody who works at the desk. */
export const agents = anyRole('tts');

export const isAdmin = (user: SessionUser): boolean => hasRole(user, 'tts', 'Admin');

/** The user's roles at the desk. */
export const rolesOf = (user: SessionUser): string[] =>
  user.systems.find((system) => system.slug === 'tts')?.roles ?? [];
