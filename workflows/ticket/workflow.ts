import { carryOut } from './carry-out.ts';
import { LivingTicket } from './living-ticket.ts';
import type { TicketFacts } from './rules/state.ts';
import type { StoredState } from './rules/upgrade.ts';
import type { Status } from './rules/words.ts';
import { findAssignee, timeIsOver } from './timed.ts';

/**
 * One ticket, from submission to its end; returns its final status. It waits for a command, a change of role members or a
 * deadline. `resumeFrom` is the state of an earlier run to continue from.
 */
export async function ticketLifecycle(facts: TicketFacts, resumeFrom: StoredState | null = null): Promise<Status> {
  const ticket = new LivingTicket(facts, resumeFrom);
  await ticket.resume();
  while (ticket.state.phase.at !== 'over') {
    const wake = await ticket.next();
    if (wake.by === 'command') await carryOut(ticket, wake);
    else if (wake.by === 'members') await findAssignee(ticket);
    else await timeIsOver(ticket);
  }
  await ticket.finish();
  return ticket.state.status;
}
