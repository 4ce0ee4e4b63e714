import type { LivingTicket } from './living-ticket.ts';
import { needsAssignee } from './projection.ts';
import { requesterMayAct } from './rules/authority.ts';
import { readableRole } from './rules/role-key.ts';
import { closeByTime, markOverdue, reassign } from './rules/timed-changes.ts';

// What the ticket workflow does by itself, without a command.

/** Handles a deadline: a step is overdue, or a resolved ticket closes. */
export const timeIsOver = async (ticket: LivingTicket): Promise<void> => {
  const { state } = ticket;
  if (state.phase.at === 'step') await ticket.commit(markOverdue(state), null, 'The time for this step is over');
  else await ticket.commit(closeByTime(state), null, 'Closed by itself');
};

/**
 * Handles a change of role members: a step without an assignee, or whose assignee has left or must not hold it, gets a new one. If the workflow
 * had lost its last change, it catches up first and then checks again, because the signal was about the step in PostgreSQL.
 */
export const findAssignee = async (ticket: LivingTicket): Promise<void> => {
  let isOurs = false;
  while (!isOurs && ticket.state.phase.at === 'step') {
    const { phase } = ticket.state;
    const barred = requesterMayAct(ticket.state, ticket.situation().definition) ? null : ticket.facts.requesterId;
    if (!(await needsAssignee(ticket, phase, barred))) return;
    isOurs = await ticket.commit(reassign(ticket.state), null, `Choose another ${readableRole(phase.roleKey)}`);
  }
};
