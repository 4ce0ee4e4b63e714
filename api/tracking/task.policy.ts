import { anyRole, hasRole } from '../http/policy.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';

/** Everybody who works at the desk. */
export const agents = anyRole('tts');

/** Who sees every queue and chooses workflows for unrouted tickets. */
export const isAdmin = (user: SessionUser): boolean => hasRole(user, 'tts', 'admin');

/** @throws AppError `forbidden` */
export const assertAdmin = (user: SessionUser): void => {
  if (!isAdmin(user)) throw new AppError('forbidden', 'This list is for admins of TTS.');
};

/** The keys of the user's roles at the desk. */
export const roleKeysOf = (user: SessionUser): string[] =>
  user.systems.find((system) => system.slug === 'tts')?.roles.map(({ key }) => key) ?? [];
