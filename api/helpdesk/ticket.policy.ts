import { hasRole, isInSystem, signedIn } from '../http/policy.ts';
import type { SessionUser } from '../http/user.ts';

/** Everybody with an account can ask the help desk, whatever their roles. */
export const requesters = signedIn;

/** `canSeeAll` and ownership decide which tickets each may see. */
export const readers = signedIn;

export const isReviewer = (user: SessionUser): boolean => hasRole(user, 'hdts', 'ticket_coordinator');

/** Coordinators and admins of the help desk, and the agents of TTS, see every ticket; others their own. */
export const canSeeAll = (user: SessionUser): boolean =>
  isReviewer(user) || hasRole(user, 'hdts', 'admin') || isInSystem(user, 'tts');

/** Whether this user may see this ticket. */
export const canSee = (user: SessionUser, { requesterId }: { requesterId: number }): boolean =>
  requesterId === user.id || canSeeAll(user);

/** Whose tickets a list shows; null: everybody's. */
export const requesterIn = (scope: 'mine' | 'all', reader: SessionUser): number | null =>
  scope === 'all' && canSeeAll(reader) ? null : reader.id;

/** Admins get the link to Temporal Web. */
export const canSeeWorkflow = (user: SessionUser): boolean =>
  hasRole(user, 'tts', 'admin') || hasRole(user, 'hdts', 'admin');
