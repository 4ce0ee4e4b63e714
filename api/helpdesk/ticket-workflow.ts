import { queues, searchAttributes, ticketWorkflowId, ticketWorkflowType } from '../../workflows/names.ts';
import type { TicketFacts, TicketState } from '../../workflows/ticket/rules/state.ts';
import type { WorkflowStart } from '../db/outbox/enqueue.ts';
import { priorities, turnOfUser } from '../temporal/priorities.ts';

/** Describes how to start a ticket's workflow: new, or resumed from a state. */
export const ticketWorkflow = (facts: TicketFacts, resumeFrom?: TicketState): Omit<WorkflowStart, 'token'> => ({
  workflowType: ticketWorkflowType,
  workflowId: ticketWorkflowId(facts.number),
  taskQueue: queues.workflow,
  args: resumeFrom ? [facts, resumeFrom] : [facts],
  priority: priorities.people,
  fairnessKey: turnOfUser(facts.requesterId),
  summary: `${facts.number} · ${facts.category}`,
  // A new run assumes that Temporal Web shows these values; a resumed one then updates what differs.
  searchAttributes: {
    [searchAttributes.ticketNumber]: facts.number,
    [searchAttributes.status]: 'new',
    [searchAttributes.system]: 'hdts',
    [searchAttributes.version]: '0',
  },
});
