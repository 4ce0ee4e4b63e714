import { ApplicationFailure, proxyLocalActivities } from '@temporalio/workflow';
import type { TicketActivities } from '../../activities/ticket/ticket.activities.ts';
import { refusalTypes } from './messages.ts';
import type { Command, Order } from './rules/commands.ts';
import type { Change, Pinned } from './rules/lifecycle.ts';
import type { TicketFacts, TicketState } from './rules/state.ts';
import type { Refusal } from './rules/why-not.ts';

// Local: they run in the worker that holds the workflow, within the same workflow task, which halves the time of a command.
// They retry for ever, because a ticket must outlive any outage of PostgreSQL; longer pauses become timers. Each of
// those costs six events, and Temporal ends a run at 51,200: at one a minute, an outage may last for days.
const local = proxyLocalActivities<TicketActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '100 milliseconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
  localRetryThreshold: '5 seconds',
});

// What a command asks for and PostgreSQL refuses stays refused: its sender hears why, and the ticket goes on. Where the
// workflow itself asks for something, nobody is there to be refused, so it is tried again like any fault.
const forCommands = { retry: { nonRetryableErrorTypes: Object.values(refusalTypes) } };

const kinds = ['stale', 'notAllowed', 'forbidden'] as const satisfies (keyof typeof refusalTypes)[];

/** Why PostgreSQL has refused what a command asks for; null when it has not. @throws whatever else went wrong. */
export const refusalBy = async (work: () => Promise<void>): Promise<Refusal | null> => {
  try {
    await work();
    return null;
  } catch (error) {
    // A local activity fails with this itself; the failure of another activity would have it as its cause.
    if (!(error instanceof ApplicationFailure)) throw error;
    const type = kinds.find((kind) => refusalTypes[kind] === error.type);
    if (!type) throw error;
    return { type, why: error.message };
  }
};

const orderOf = (command: Command): Order => {
  const { kind, actorId } = command;
  return { kind, actorId, noteId: 'noteId' in command ? command.noteId : null };
};

/**
 * Writes a change and all that follows from it in one transaction, and answers the state as it stands now: with the
 * assignee that was chosen, or the state that another change had put there before. Without a command the workflow does it
 * by itself: the time is over, or members changed.
 */
export const record = (
  facts: TicketFacts,
  { state, story }: Change,
  command: Command | null,
  summary: string,
): Promise<TicketState> =>
  local.recordChange.executeWithOptions({ summary, ...(command ? forCommands : {}) }, [
    { number: facts.number, state, story, by: command && orderOf(command), at: Date.now() },
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

/** As `pinnedVersion`, for one that a command names: it need not exist. */
export const versionToRoute = (workflowVersionId: number): Promise<Pinned> =>
  local.pinnedVersion.executeWithOptions({ summary: 'Load the workflow that was chosen', ...forCommands }, [
    workflowVersionId,
  ]);

/** Whether the assignee is still an active member of the role, or, where there is none, whether one could be found. */
export const needsAssignee = (role: string, assigneeId: number | null): Promise<boolean> =>
  local.needsAssignee.executeWithOptions({ summary: `Look who is ${role}` }, [{ role, assigneeId }]);
