import { isDeepStrictEqual } from 'node:util';
import {
  acted,
  type Change,
  closed,
  opened,
  overdue,
  type Pinned,
  reassigned,
  refused,
  routed,
  taken,
  withdrawn,
} from '../../workflows/ticket/rules/lifecycle.ts';
import { autoCloseAfter, stepDueAt } from '../../workflows/ticket/rules/sla.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import type { Step } from './history.ts';
import { Unmendable } from './unmendable.ts';

/** The definition that the workflow has pinned. @throws Unmendable when it is lost. */
export type FindPinned = (workflowVersionId: number) => Pinned;

/** A change as it was recorded then: with the assignee who was chosen, and who commanded it. */
export interface RetoldChange extends Change {
  actorId: number | null;
  noteId: number | null;
  at: number;
}

/**
 * Tells a change again from its command, by the rules by which the workflow made it.
 * @throws Unmendable when these rules do not lead from the state before to the one that was recorded.
 */
export const retold = (before: TicketState, step: Step, findPinned: FindPinned): RetoldChange => {
  const { state, command } = step;
  if (state.version !== before.version + 1)
    throw new Unmendable(`Temporal has no record of version ${before.version + 1}`);
  const at = follow(() => momentOf(before, step, findPinned), state.version);
  const change = follow(() => changeOf(before, step, at, findPinned), state.version);
  if (change === null) throw new Unmendable(`Temporal has no record of what made version ${state.version}`);
  if (!isDeepStrictEqual(withoutAssignee(change.state), withoutAssignee(state)))
    throw new Unmendable(`version ${state.version} does not follow from version ${before.version}`);
  const actorId = command?.actorId ?? null;
  const noteId = command && 'noteId' in command ? command.noteId : null;
  return { state, story: change.story, actorId, noteId, at };
};

/** The rules throw where they cannot be applied: then no workflow of ours has made this. */
const follow = <Made>(rules: () => Made, version: number): Made => {
  try {
    return rules();
  } catch (error) {
    if (error instanceof Unmendable) throw error;
    throw new Unmendable(`version ${version} follows no rule: ${error instanceof Error ? error.message : error}`);
  }
};

const pinnedOf = ({ workflowVersionId: id }: TicketState, findPinned: FindPinned): Pinned => {
  if (id === null) throw new Unmendable('it is on a step of no workflow');
  return findPinned(id);
};

const changeOf = (before: TicketState, { state, command }: Step, at: number, findPinned: FindPinned): Change | null => {
  const { changeId } = state;
  if (command === null) return ownChange(before, changeId);
  switch (command.kind) {
    case 'open': {
      const pinned = state.workflowVersionId === null ? null : pinnedOf(state, findPinned);
      return opened(before, command, pinned, changeId, at);
    }
    case 'route':
      return routed(before, pinnedOf(state, findPinned), changeId, at);
    case 'act':
      return acted(before, pinnedOf(before, findPinned), command.transition, changeId, at);
    case 'take':
      return taken(before, command.actorId, changeId);
    case 'reject':
      return refused(before, changeId);
    case 'withdraw':
      return withdrawn(before, changeId);
    case 'close':
      return closed(before, 'requester', changeId);
  }
};

/** What the workflow does by itself bears its reason and its version in the change's id. */
const ownChange = (before: TicketState, changeId: string): Change | null => {
  const own = [
    { kind: 'overdue', make: overdue },
    { kind: 'members', make: reassigned },
    { kind: 'closed', make: (state: TicketState, id: string) => closed(state, 'time', id) },
  ];
  return own.find(({ kind }) => changeId === `${kind}:v${before.version + 1}`)?.make(before, changeId) ?? null;
};

/** A deadline tells to the millisecond when it was set; for everything else the history's clock is exact enough. */
const momentOf = (before: TicketState, { state, at }: Step, findPinned: FindPinned): number => {
  const { phase } = state;
  if (phase.at === 'resolved') return phase.closesAt - autoCloseAfter;
  if (phase.at !== 'step' || state.visit === before.visit || state.priority === null) return at;
  const { definition } = pinnedOf(state, findPinned);
  return phase.dueAt - stepDueAt(definition, phase.step, state.priority, 0);
};

const withoutAssignee = (state: TicketState): TicketState =>
  state.phase.at === 'step' ? { ...state, phase: { ...state.phase, assigneeId: null } } : state;
