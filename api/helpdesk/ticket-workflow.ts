import { queues, searchAttributes, ticketWorkflowId, ticketWorkflowType } from '../../workflows/names.ts';
import type { TicketFacts, TicketState } from '../../workflows/ticket/rules/state.ts';
import type { WorkflowStart } from '../db/outbox/enqueue.ts';

/** How a ticket's workflow is started: as a new one, or, with a state, as one that goes on from there. */
export const ticketWorkflow = (facts: TicketFacts, resumeFrom?: TicketState): Omit<WorkflowStart, 'token'> => ({
  workflowType: ticketWorkflowType,
  workflowId: ticketWorkflowId(facts.number),
  taskQueue: queues.workflow,
  args: resumeFrom ? [facts, resumeFrom] : [facts],
  summary: `${facts.number} · ${facts.category}`,
  // What the workflow takes for shown when it begins; a resumed one then shows what is different.
  searchAttributes: {
    [searchAttributes.ticketNumber]: facts.number,
    [searchAttributes.status]: 'new',
    [searchAttributes.system]: 'hdts',
    [searchAttributes.version]: '0',
  },
});
