import { type Definition, type NoteReader, roleOf, stepOf, type Transition } from './definition.ts';
import { readableRole } from './role-key.ts';
import { autoCloseAfter, stepDueAt } from './sla.ts';
import type { StepPhase, TicketState } from './state.ts';
import type { Department, Priority } from './words.ts';

// The result of a command or a timer, and the moves that several of them share. Pure.

/** What happened, in ids and codes. Names and texts are added when it is written to the timeline. */
export type TicketEvent =
  | { kind: 'opened'; priority: Priority; department: Department }
  | { kind: 'refused' }
  | { kind: 'routed' }
  | { kind: 'unrouted' }
  | { kind: 'step_entered'; step: string; roleKey: string }
  | {
      kind: 'step_done';
      step: string;
      transition: string;
      direction: Transition['direction'];
      noteFor: NoteReader;
    }
  | { kind: 'taken' }
  | { kind: 'overdue' }
  | { kind: 'resolved'; closesAt: number }
  | { kind: 'withdrawn' }
  | { kind: 'closed'; by: 'requester' | 'time' };

/**
 * Who is notified of a change. `assignee` is the one after the change, notified only when they got the step or it is overdue;
 * `formerAssignee` is the one before. People are not notified of what they did themselves, except when they close a ticket:
 * that they want in writing.
 */
export type Recipient = 'requester' | 'assignee' | 'formerAssignee';
export type NotificationKind =
  | 'opened'
  | 'rejected'
  | 'in_progress'
  | 'assigned'
  | 'sent_back'
  | 'taken'
  | 'overdue'
  | 'resolved'
  | 'withdrawn'
  | 'closed';
export interface Notify {
  to: Recipient;
  about: NotificationKind;
}

/** The next state, what happened, and who is notified. */
export interface Change {
  state: TicketState;
  events: TicketEvent[];
  notify: Notify[];
}

/** "to Resolve (Asset Manager)": where a change leads, for Temporal Web; null when it enters no step. */
export const whereTo = ({ events }: Change): string | null => {
  const entered = events.find((event) => event.kind === 'step_entered');
  return entered ? `to ${entered.step} (${readableRole(entered.roleKey)})` : null;
};

/** A workflow definition, pinned to a version. */
export interface Pinned {
  workflowVersionId: number;
  definition: Definition;
}

/** The time and the cause of a change. */
export interface Moment {
  /** Milliseconds since 1970, by the workflow's clock. */
  now: number;
  /** The id of the command, or of the timer, that makes the change. */
  changeId: string;
}

export const nextVersion = (state: TicketState, changeId: string): TicketState => ({
  ...state,
  version: state.version + 1,
  changeId,
});

/** Puts the ticket on a step. The assignee is chosen when the change is recorded. */
export const enterStep = (state: TicketState, pinned: Pinned, stepKey: string, now: number): Change => {
  const { priority, department } = state;
  if (priority === null || department === null) throw new Error('A ticket enters a step only after it was opened');
  const step = stepOf(pinned.definition, stepKey);
  const roleKey = roleOf(step, department);
  const dueAt = stepDueAt(pinned.definition, stepKey, priority, now);
  return {
    state: {
      ...state,
      workflowVersionId: pinned.workflowVersionId,
      visit: state.visit + 1,
      phase: { at: 'step', step: stepKey, roleKey, assigneeId: null, onlyRequester: false, dueAt, overdue: false },
    },
    events: [{ kind: 'step_entered', step: step.name, roleKey }],
    notify: [{ to: 'assignee', about: 'assigned' }],
  };
};

/** The last step is done; the ticket waits for the requester. */
export const resolve = (state: TicketState, { now, changeId }: Moment): Change => {
  const closesAt = now + autoCloseAfter;
  return {
    state: { ...nextVersion(state, changeId), status: 'resolved', phase: { at: 'resolved', closesAt } },
    events: [{ kind: 'resolved', closesAt }],
    notify: [{ to: 'requester', about: 'resolved' }],
  };
};

/** Ends the ticket. */
export const end = (
  state: TicketState,
  changeId: string,
  how: { status: TicketState['status']; event: TicketEvent; notify: Notify[] },
): Change => ({
  state: { ...nextVersion(state, changeId), status: how.status, phase: { at: 'over' } },
  events: [how.event],
  notify: how.notify,
});

export const close = (state: TicketState, changeId: string, by: 'requester' | 'time'): Change =>
  end(state, changeId, {
    status: 'closed',
    event: { kind: 'closed', by },
    notify: [{ to: 'requester', about: 'closed' }],
  });

/** The phase of a ticket on a step. @throws Error for any other phase; the caller must check first. */
export const stepPhase = ({ phase }: TicketState): StepPhase => {
  if (phase.at !== 'step') throw new Error(`The ticket is on no step, it is at ${phase.at}`);
  return phase;
};
