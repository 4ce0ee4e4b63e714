import { ApplicationFailure, proxyLocalActivities } from '@temporalio/workflow';
import type { TicketActivities } from '../../activities/ticket/ticket.activities.ts';
import { activityWords, type alsoInWords } from './activity-words.ts';
import { type CommandResult, refusalTypes } from './messages.ts';
import type { Change, Pinned } from './rules/change.ts';
import type { Pin } from './rules/command.ts';
import type { Command } from './rules/commands/index.ts';
import type { Refusal } from './rules/refusal.ts';
import { readableRole } from './rules/role-key.ts';
import type { StepPhase, TicketFacts, TicketState } from './rules/state.ts';
import { definitionUpToDate, upToDate } from './rules/upgrade.ts';

// Local activities run in the workflow's worker within the same workflow task, which halves the time of a command. They are
// retried for ever, because a ticket must survive any outage of PostgreSQL. Longer pauses become timers of six events each,
// and Temporal ends a run at 51,200 events: at one retry a minute, an outage may last for days.
const local = proxyLocalActivities<ReturnType<typeof alsoInWords>>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '100 milliseconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
  localRetryThreshold: '5 seconds',
});

/** A run of a ticket's workflow. */
export interface Run {
  facts: TicketFacts;
  /** Whether its history has the activities in words. */
  inWords: boolean;
}

const named = <Name extends keyof TicketActivities>({ inWords }: Run, name: Name) =>
  local[inWords ? activityWords[name] : name];

// When PostgreSQL refuses a command, that is final: the sender gets the reason, and the ticket goes on. A change that the
// workflow makes by itself has no sender to refuse, so it is retried like any fault.
const forCommands = { retry: { nonRetryableErrorTypes: Object.values(refusalTypes) } };

const kinds = ['stale', 'notAllowed', 'forbidden'] as const satisfies (keyof typeof refusalTypes)[];

/** The refusal of a command by PostgreSQL; null when it was carried out. @throws every other error. */
export const refusalBy = async (work: () => Promise<void>): Promise<Refusal | null> => {
  try {
    await work();
    return null;
  } catch (error) {
    // A local activity throws this itself. A regular activity would have it as the cause of its failure.
    if (!(error instanceof ApplicationFailure)) throw error;
    const type = kinds.find((kind) => refusalTypes[kind] === error.type);
    if (!type) throw error;
    return { type, why: error.message };
  }
};

/**
 * Records a change and everything that follows from it in one transaction. Returns the recorded state: with the chosen
 * assignee, or the state of another change that came first. Without a command, the workflow makes the change by itself (a
 * deadline or a change of members).
 */
export const record = async (
  run: Run,
  change: Change,
  command: Command | null,
  summary: string,
): Promise<TicketState> => {
  const by = command && {
    kind: command.kind,
    actorId: command.actorId,
    noteId: 'noteId' in command ? (command.noteId ?? null) : null,
  };
  const options = { summary, ...(command ? forCommands : {}) };
  const { number } = run.facts;
  const written = await named(run, 'recordChange').executeWithOptions(options, [
    { number, ...change, by, at: Date.now() },
  ]);
  return upToDate(written);
};

export const currentState = async (run: Run): Promise<TicketState> =>
  upToDate(
    await named(run, 'currentState').executeWithOptions({ summary: 'Catch up with PostgreSQL' }, [run.facts.number]),
  );

const pinnedUpToDate = ({ workflowVersionId, definition }: Pinned): Pinned => ({
  workflowVersionId,
  definition: definitionUpToDate(definition),
});

/** The definition that a command pins its ticket to; null when none matches. A chosen version may not exist. */
export const pinnedBy = async (run: Run, pin: Pin): Promise<Pinned | null> => {
  if ('matching' in pin) {
    const { category, subCategory } = run.facts;
    const wanted = { category, subCategory, department: pin.matching };
    const found = await named(run, 'findWorkflow').executeWithOptions({ summary: 'Find the workflow' }, [wanted]);
    return found && pinnedUpToDate(found);
  }
  const options = { summary: 'Load the workflow that was chosen', ...forCommands };
  return pinnedUpToDate(await named(run, 'pinnedVersion').executeWithOptions(options, [pin.workflowVersionId]));
};

export const pinnedVersion = async (run: Run, workflowVersionId: number): Promise<Pinned> =>
  pinnedUpToDate(
    await named(run, 'pinnedVersion').executeWithOptions({ summary: 'Load the pinned workflow' }, [workflowVersionId]),
  );

/**
 * Whether the step needs a new assignee: the old one has left the role or must not hold it, or there is none although the
 * role has a member who may, or it waits for another reason now. `barred`: the requester, who must not get it; null: anybody may.
 */
export const needsAssignee = (
  run: Run,
  { roleKey, assigneeId, onlyRequester }: StepPhase,
  barred: number | null,
): Promise<boolean> =>
  named(run, 'needsAssignee').executeWithOptions({ summary: `Check the members of ${readableRole(roleKey)}` }, [
    { role: roleKey, assigneeId, onlyRequester, barred },
  ]);

export const resultOf = ({ status, version }: TicketState): CommandResult => ({ status, version });
