import { anyOf, anyRole, hasRole, isInSystem, role } from '../http/policy.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';

/** Who reviews: opens and rejects new tickets. */
export const reviewers = role('hdts', 'ticket_coordinator');

/** Who submits and follows tickets of their own. */
export const requesters = anyRole('hdts');

/** Everybody who works with tickets; what each may see of them is decided by `canSeeAll` and by ownership. */
export const readers = anyOf(anyRole('hdts'), anyRole('tts'));

/** Who may send each command: asked by its route, and once more where the change is written. */
export const ticketCommands = { open: reviewers, reject: reviewers, withdraw: requesters, close: requesters } as const;

/** @throws AppError `forbidden` when the ticket is somebody else's. */
export const requireOwner = (ticket: { requesterId: number }, user: SessionUser): void => {
  if (ticket.requesterId !== user.id)
    throw new AppError('forbidden', 'Only the person who sent the ticket can do this.');
};

export const isReviewer = (user: SessionUser): boolean => hasRole(user, 'hdts', 'ticket_coordinator');

/** Coordinators and admins of the help desk, and the agents of TTS, see every ticket; others their own. */
export const canSeeAll = (user: SessionUser): boolean =>
  isReviewer(user) || hasRole(user, 'hdts', 'admin') || isInSystem(user, 'tts');

/** Admins find the workflow in Temporal Web. */
export const canSeeWorkflow = (user: SessionUser): boolean =>
  hasRole(user, 'tts', 'admin') || hasRole(user, 'hdts', 'admin');
