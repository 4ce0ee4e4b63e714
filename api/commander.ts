import type { EntityManager } from '@mikro-orm/postgresql';
import type { CommandKind, Order } from '../workflows/ticket/commands.ts';
import type { Phase } from '../workflows/ticket/state.ts';
import { loadSessionUser } from './auth/session-user.ts';
import { requireOwner, ticketCommands } from './helpdesk/ticket.policy.ts';
import { admit, type Policy } from './http/policy.ts';
import { AppError } from './http/problem.ts';
import type { SessionUser } from './http/user.ts';
import { lockRotation } from './tracking/assign.service.ts';
import { requireRole, taskCommands } from './tracking/task.policy.ts';

const policies: Record<CommandKind, Policy> = { ...ticketCommands, ...taskCommands };

/** The ticket before the command. */
export interface Target {
  requesterId: number;
  phase: Phase;
}

/**
 * Who commands, when this person may: by the policies of the routes, asked once more in the transaction that writes the
 * change. Since the request a role can have been taken away, and a command can come without one, sent by hand.
 * @throws AppError `forbidden`.
 */
export const findCommander = async (
  em: EntityManager,
  { kind, actorId }: Order,
  { requesterId, phase }: Target,
): Promise<SessionUser> => {
  const isOwners = kind === 'withdraw' || kind === 'close';
  const role = !isOwners && phase.at === 'step' ? phase.role : null;
  // Who leaves the role from now on finds this step among their own, and it is given to somebody else.
  if (kind === 'take' && role !== null) await lockRotation(em, role);
  const user = await loadSessionUser(em, actorId);
  if (!user) throw new AppError('forbidden', 'This account may not sign in any more.');
  admit(policies[kind], user);
  if (isOwners) requireOwner({ requesterId }, user);
  if (role !== null) requireRole(user, role);
  return user;
};
