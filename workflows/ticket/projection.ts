import { proxyLocalActivities } from '@temporalio/workflow';
import type { TicketActivities } from '../../activities/ticket.ts';
import type { Change, Pinned } from './lifecycle.ts';
import type { TicketFacts, TicketState } from './state.ts';

// Local: they run in the worker that holds the flow, within the same workflow task, which halves the time of a command.
// They retry for ever, because a ticket must outlive any outage of PostgreSQL; longer pauses become timers. Each of
// those costs six events, and Temporal ends a run at 51,200: at one a minute, an outage may last for days.
const local = proxyLocalActivities<TicketActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '100 milliseconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
  localRetryThreshold: '5 seconds',
});

/**
 * Writes a change and all that follows from it in one transaction, and answers the state as it stands now: with the
 * assignee that was chosen, or the state that another change had put there before.
 */
export const record = (
  facts: TicketFacts,
  { state, story }: Change,
  { actorId, remarkId = null }: { actorId: number | null; remarkId?: number | null },
  summary: string,
): Promise<TicketState> =>
  local.recordChange.executeWithOptions({ summary }, [
    { number: facts.number, state, story, actorId, remarkId, at: Date.now() },
  ]);

export const currentState = (number: string): Promise<TicketState> =>
  local.currentState.executeWithOptions({ summary: 'Catch up with PostgreSQL' }, [number]);

/** The published definition that fits best, or null when none does. */
export const findWorkflow = (facts: TicketFacts, department: string): Promise<Pinned | null> =>
  local.findWorkflow.executeWithOptions({ summary: 'Find the workflow' }, [
    { category: facts.category, subCategory: facts.subCategory, department },
  ]);

export const pinnedVersion = (workflowVersionId: number): Promise<Pinned> =>
  local.pinnedVersion.executeWithOptions({ summary: 'Load the pinned workflow' }, [workflowVersionId]);

/** Whether the assignee is still an active member of the role, or, where there is none, whether one could be found. */
export const needsAssignee = (role: string, assigneeId: number | null): Promise<boolean> =>
  local.needsAssignee.executeWithOptions({ summary: `Look who is ${role}` }, [{ role, assigneeId }]);
