import type { EntityManager } from '@mikro-orm/postgresql';
import type { CommandKind, Order } from '../../workflows/ticket/rules/commands.ts';
import type { Phase, TicketState } from '../../workflows/ticket/rules/state.ts';
import { type SessionUserRow, sessionUserOf, sessionUserWith } from '../auth/session-user.ts';
import type { Question } from '../db/statements.ts';
import { requireOwner, ticketCommands } from '../helpdesk/ticket.policy.ts';
import { admit, type Policy } from '../http/policy.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { requireRole, taskCommands } from '../tracking/task.policy.ts';

const policies: Record<CommandKind, Policy> = { ...ticketCommands, ...taskCommands };

/** The ticket before the command. */
export interface Target {
  requesterId: number;
  phase: Phase;
}

/**
 * The role whose turn must be held before it is asked who takes a step: who leaves the role from now on finds this step
 * among their own, and it is given to somebody else.
 */
export const turnOfTaker = (order: Order | null, { phase }: TicketState): string | null =>
  order?.kind === 'take' && phase.at === 'step' ? phase.role : null;

/** Asks who commands; nobody does where the workflow acts by itself. */
export const commanderOf = (em: EntityManager, order: Order | null): Question<SessionUserRow> =>
  sessionUserWith(em, order?.actorId ?? null);

/**
 * Lets this person command: by the policies of the routes, asked once more in the transaction that writes the change.
 * Since the request a role can have been taken away, and a command can come without one, sent by hand.
 * @throws AppError `forbidden`.
 */
export const admitCommander = (
  { kind }: Order,
  { requesterId, phase }: Target,
  [row]: SessionUserRow[],
): SessionUser => {
  if (!row) throw new AppError('forbidden', 'This account may not sign in any more.');
  const user = sessionUserOf(row);
  const isOwners = kind === 'withdraw' || kind === 'close';
  admit(policies[kind], user);
  if (isOwners) requireOwner({ requesterId }, user);
  else if (phase.at === 'step') requireRole(user, phase.role);
  return user;
};
