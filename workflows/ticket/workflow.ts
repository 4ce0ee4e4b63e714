import { confirmation } from './closing.ts';
import { TicketFlow } from './flow.ts';
import { review, routing } from './review.ts';
import type { TicketFacts, TicketState } from './state.ts';
import { work } from './steps.ts';
import type { Status } from './words.ts';

/**
 * The life of one ticket, from submission to its end; returns the status in which it ended. `resumeFrom` is the state
 * of an earlier run: this one goes on from there.
 */
export async function ticketLifecycle(facts: TicketFacts, resumeFrom: TicketState | null = null): Promise<Status> {
  const flow = new TicketFlow(facts, resumeFrom);
  await flow.resume();
  await review(flow);
  await routing(flow);
  await work(flow);
  await confirmation(flow);
  await flow.finish();
  return flow.state.status;
}
