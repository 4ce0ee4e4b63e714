import { type Definition, roleOf, stepOf, type Transition } from './definition.ts';
import { autoCloseAfter, stepDueAt } from './sla.ts';
import type { TicketState } from './state.ts';
import type { Department, Priority } from './words.ts';

// What each command and each timer makes of a ticket. Pure: the workflow, the API and the simulator share it.

/** What happened, in ids and codes; PostgreSQL adds names and texts when it writes the timeline. */
export type TicketEvent =
  | { kind: 'opened'; priority: Priority; department: Department }
  | { kind: 'refused' }
  | { kind: 'routed' }
  | { kind: 'unrouted' }
  | { kind: 'step_entered'; step: string; role: string }
  | { kind: 'step_done'; step: string; transition: string; direction: Transition['direction'] }
  | { kind: 'taken' }
  | { kind: 'overdue' }
  | { kind: 'resolved'; closesAt: number }
  | { kind: 'withdrawn' }
  | { kind: 'closed'; by: 'requester' | 'time' };

/** The next state and the story of how it came about. */
export interface Change {
  state: TicketState;
  story: TicketEvent[];
}

/** A definition pinned to a version, as the workflow knows it. */
export interface Pinned {
  workflowVersionId: number;
  definition: Definition;
}

const bump = (state: TicketState, changeId: string): TicketState => ({
  ...state,
  version: state.version + 1,
  changeId,
});

/** Puts the ticket on a step. The assignee is chosen when the change is recorded. */
const enter = (state: TicketState, pinned: Pinned, stepKey: string, now: number): Change => {
  const { priority, department } = state;
  if (priority === null || department === null) throw new Error('A ticket enters a step only after it was opened');
  const step = stepOf(pinned.definition, stepKey);
  const role = roleOf(step, department);
  const dueAt = stepDueAt(pinned.definition, stepKey, priority, now);
  return {
    state: {
      ...state,
      workflowVersionId: pinned.workflowVersionId,
      visit: state.visit + 1,
      phase: { at: 'step', step: stepKey, role, assigneeId: null, dueAt, overdue: false },
    },
    story: [{ kind: 'step_entered', step: step.name, role }],
  };
};

const follow = (change: Change, before: TicketEvent[]): Change => ({ ...change, story: [...before, ...change.story] });

export const opened = (
  state: TicketState,
  { priority, department }: { priority: Priority; department: Department },
  pinned: Pinned | null,
  changeId: string,
  now: number,
): Change => {
  const open: TicketState = { ...bump(state, changeId), status: 'open', priority, department };
  const story: TicketEvent = { kind: 'opened', priority, department };
  if (pinned === null) return { state: { ...open, phase: { at: 'unrouted' } }, story: [story, { kind: 'unrouted' }] };
  return follow(enter(open, pinned, pinned.definition.start, now), [story, { kind: 'routed' }]);
};

export const routed = (state: TicketState, pinned: Pinned, changeId: string, now: number): Change =>
  follow(enter(bump(state, changeId), pinned, pinned.definition.start, now), [{ kind: 'routed' }]);

export const acted = (
  state: TicketState,
  pinned: Pinned,
  transitionKey: string,
  changeId: string,
  now: number,
): Change => {
  if (state.phase.at !== 'step') throw new Error('Only a ticket on a step can be acted on');
  const step = stepOf(pinned.definition, state.phase.step);
  const transition = step.transitions.find((candidate) => candidate.key === transitionKey);
  if (!transition) throw new Error(`The step ${step.key} has no transition ${transitionKey}`);
  const done: TicketEvent = {
    kind: 'step_done',
    step: step.name,
    transition: transition.name,
    direction: transition.direction,
  };
  if (transition.to === null) return follow(resolved(state, changeId, now), [done]);
  const working: TicketState = { ...bump(state, changeId), status: 'in_progress' };
  return follow(enter(working, pinned, transition.to, now), [done]);
};

const resolved = (state: TicketState, changeId: string, now: number): Change => {
  const closesAt = now + autoCloseAfter;
  return {
    state: { ...bump(state, changeId), status: 'resolved', phase: { at: 'resolved', closesAt } },
    story: [{ kind: 'resolved', closesAt }],
  };
};

export const taken = (state: TicketState, actorId: number, changeId: string): Change => {
  if (state.phase.at !== 'step') throw new Error('Only a ticket on a step can be taken');
  return {
    state: { ...bump(state, changeId), phase: { ...state.phase, assigneeId: actorId } },
    story: [{ kind: 'taken' }],
  };
};

/** The assignee has left the role, or nobody was there before: choose again. The story tells only what came of it. */
export const reassigned = (state: TicketState, changeId: string): Change => {
  if (state.phase.at !== 'step') throw new Error('Only a ticket on a step has an assignee');
  return { state: { ...bump(state, changeId), phase: { ...state.phase, assigneeId: null } }, story: [] };
};

export const overdue = (state: TicketState, changeId: string): Change => {
  if (state.phase.at !== 'step') throw new Error('Only a ticket on a step can be overdue');
  return {
    state: { ...bump(state, changeId), phase: { ...state.phase, overdue: true } },
    story: [{ kind: 'overdue' }],
  };
};

const over = (state: TicketState, changeId: string, status: TicketState['status'], event: TicketEvent): Change => ({
  state: { ...bump(state, changeId), status, phase: { at: 'over' } },
  story: [event],
});

export const refused = (state: TicketState, changeId: string): Change =>
  over(state, changeId, 'rejected', { kind: 'refused' });
export const withdrawn = (state: TicketState, changeId: string): Change =>
  over(state, changeId, 'withdrawn', { kind: 'withdrawn' });
export const closed = (state: TicketState, by: 'requester' | 'time', changeId: string): Change =>
  over(state, changeId, 'closed', { kind: 'closed', by });
