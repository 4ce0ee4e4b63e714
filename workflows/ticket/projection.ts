import { ApplicationFailure, proxyLocalActivities } from '@temporalio/workflow';
import type { TicketActivities } from '../../activities/ticket/ticket.activities.ts';
import { type CommandResult, refusalTypes } from './messages.ts';
import type { Change, Pinned } from './rules/change.ts';
import type { Pin } from './rules/command.ts';
import type { Command } from './rules/commands/index.ts';
import type { Refusal } from './rules/refusal.ts';
import type { TicketFacts, TicketState } from './rules/state.ts';
import { definitionUpToDate, upToDate } from './rules/upgrade.ts';

// Local activities: they run in the worker that holds the workflow, within the same workflow task, which halves the time
// of a command. They are tried again for ever, because a ticket must outlive any outage of PostgreSQL; longer pauses become
// timers. Each of those costs six events, and Temporal ends a run at 51,200: at one a minute, an outage may last for days.
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

/**
 * Writes a change and all that follows from it in one transaction, and answers the state as it stands now: with the
 * assignee that was chosen, or the state that another change had put there before. Without a command the workflow makes
 * the change by itself: the time is over, or members changed.
 */
export const record = async (
  { number }: TicketFacts,
  change: Change,
  command: Command | null,
  summary: string,
): Promise<TicketState> => {
  const by = command && {
    kind: command.kind,
    actorId: command.actorId,
    noteId: 'noteId' in command ? command.noteId : null,
  };
  const options = { summary, ...(command ? forCommands : {}) };
  return upToDate(await local.recordChange.executeWithOptions(options, [{ number, ...change, by, at: Date.now() }]));
};

export const currentState = async (number: string): Promise<TicketState> =>
  upToDate(await local.currentState.executeWithOptions({ summary: 'Catch up with PostgreSQL' }, [number]));

const pinnedUpToDate = ({ workflowVersionId, definition }: Pinned): Pinned => ({
  workflowVersionId,
  definition: definitionUpToDate(definition),
});

/** The definition that a command pins its ticket to; null when none matches. The chosen one need not exist. */
export const pinnedBy = async ({ category, subCategory }: TicketFacts, pin: Pin): Promise<Pinned | null> => {
  if ('matching' in pin) {
    const wanted = { category, subCategory, department: pin.matching };
    const found = await local.findWorkflow.executeWithOptions({ summary: 'Find the workflow' }, [wanted]);
    return found && pinnedUpToDate(found);
  }
  const options = { summary: 'Load the workflow that was chosen', ...forCommands };
  return pinnedUpToDate(await local.pinnedVersion.executeWithOptions(options, [pin.workflowVersionId]));
};

export const pinnedVersion = async (workflowVersionId: number): Promise<Pinned> =>
  pinnedUpToDate(
    await local.pinnedVersion.executeWithOptions({ summary: 'Load the pinned workflow' }, [workflowVersionId]),
  );

/** Whether the assignee is still an active member of the role, or, where there is none, whether one could be found. */
export const needsAssignee = (roleKey: string, assigneeId: number | null): Promise<boolean> =>
  local.needsAssignee.executeWithOptions({ summary: `Look who is ${roleKey}` }, [{ role: roleKey, assigneeId }]);

export const resultOf = ({ status, version }: TicketState): CommandResult => ({ status, version });
