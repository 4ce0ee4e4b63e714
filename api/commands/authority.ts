import { type Actor, type PartyName, parties, type Target, whyMayNot } from '../../workflows/ticket/rules/authority.ts';
import { type Names, plainNames } from '../../workflows/ticket/rules/command.ts';
import { type CommandKind, declarationOf } from '../../workflows/ticket/rules/commands/index.ts';
import { type Refusal, sentences } from '../../workflows/ticket/rules/refusal.ts';
import { anyRole, type Closed, hasRole, isInSystem, role, signedIn } from '../http/policy.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';

/** A user as the rules see them. */
export const actorOf = (user: SessionUser): Actor => ({
  id: user.id,
  has: (system, key) => (key === null ? isInSystem(user, system) : hasRole(user, system, key)),
});

/** The route's policy: the part of the authority check that needs no ticket. */
export const policyOf = (may: PartyName): Closed => {
  const party = parties[may];
  if (party.system === null) return signedIn;
  return party.role === null ? anyRole(party.system) : role(party.system, party.role);
};

/** Why this user may not send this command to this ticket; null when they may. */
export const whyNotThisUser = (
  kind: CommandKind,
  user: SessionUser,
  target: Target,
  names: Names = plainNames,
): Refusal | null => whyMayNot(declarationOf(kind), actorOf(user), target, names);

/** @throws AppError `forbidden` when this user may not send this command, or the account may not sign in. */
export const requireAuthority = (kind: CommandKind, user: SessionUser | null, target: Target): SessionUser => {
  if (!user) throw new AppError('forbidden', sentences.noAccount);
  const refusal = whyNotThisUser(kind, user, target);
  if (refusal) throw new AppError('forbidden', refusal.why);
  return user;
};
