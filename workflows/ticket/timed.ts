import type { LivingTicket } from './living-ticket.ts';
import { needsAssignee } from './projection.ts';
import { closeByTime, markOverdue, reassign } from './rules/timed-changes.ts';

// What the ticket workflow does without a command.

/** A step is late, or a resolved ticket has waited long enough. */
export const timeIsOver = async (ticket: LivingTicket): Promise<void> => {
  const { state } = ticket;
  if (state.phase.at === 'step') await ticket.commit(markOverdue(state), null, 'The time for this step is over');
  else await ticket.commit(closeByTime(state), null, 'Closed by itself');
};

/**
 * Somebody joined or left the role: a step without an assignee gets one, a step whose assignee has left gets another. When
 * the workflow had lost its last step, the hint is about the one that stands in PostgreSQL: look again.
 */
export const findAssignee = async (ticket: LivingTicket): Promise<void> => {
  let isOurs = false;
  while (!isOurs && ticket.state.phase.at === 'step') {
    const { roleKey, assigneeId } = ticket.state.phase;
    if (!(await needsAssignee(roleKey, assigneeId))) return;
    isOurs = await ticket.commit(reassign(ticket.state), null, `Look for another ${roleKey}`);
  }
};
