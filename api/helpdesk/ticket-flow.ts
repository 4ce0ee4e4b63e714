import { queues, searchAttributes, ticketWorkflowId, ticketWorkflowType } from '../../workflows/names.ts';
import type { TicketFacts, TicketState } from '../../workflows/ticket/state.ts';
import type { WorkflowStart } from '../db/outbox.ts';

/** How a ticket's flow is started: as a new one, or, with a state, as one that goes on from there. */
export const ticketFlow = (facts: TicketFacts, resumeFrom?: TicketState): Omit<WorkflowStart, 'token'> => ({
  workflowType: ticketWorkflowType,
  workflowId: ticketWorkflowId(facts.number),
  taskQueue: queues.workflow,
  args: resumeFrom ? [facts, resumeFrom] : [facts],
  summary: `${facts.number} · ${facts.category}`,
  // What the flow takes for shown when it begins; a resumed one then shows what is different.
  searchAttributes: {
    [searchAttributes.ticketNumber]: facts.number,
    [searchAttributes.status]: 'new',
    [searchAttributes.system]: 'hdts',
    [searchAttributes.version]: '0',
  },
});
