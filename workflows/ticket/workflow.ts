import { confirmation } from './closing.ts';
import { LivingTicket } from './living-ticket.ts';
import { review, routing } from './review.ts';
import type { TicketFacts, TicketState } from './rules/state.ts';
import type { Status } from './rules/words.ts';
import { work } from './steps.ts';

/**
 * The life of one ticket, from submission to its end; returns the status in which it ended. `resumeFrom` is the state
 * of an earlier run: this one goes on from there.
 */
export async function ticketLifecycle(facts: TicketFacts, resumeFrom: TicketState | null = null): Promise<Status> {
  const workflow = new LivingTicket(facts, resumeFrom);
  await workflow.resume();
  await review(workflow);
  await routing(workflow);
  await work(workflow);
  await confirmation(workflow);
  await workflow.finish();
  return workflow.state.status;
}
