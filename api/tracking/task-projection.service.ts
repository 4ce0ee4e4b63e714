import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { requesterMayAct } from '../../workflows/ticket/rules/authority.ts';
import type { TicketEvent } from '../../workflows/ticket/rules/change.ts';
import { type Definition, type Step, stepOf } from '../../workflows/ticket/rules/definition.ts';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import type { Category } from '../../workflows/ticket/rules/words.ts';
import { countAll } from '../db/query-builder.ts';
import type { Member } from './assign.service.ts';
import { tracking } from './tracking.tables.ts';

/** The facts of a ticket that tracking copies. */
export interface TicketCopy {
  number: string;
  category: Category;
  subCategory: string | null;
  subject: string;
  requesterId: number;
  requesterName: string;
  submittedAt: Date;
}

/** Who gets a step. Nobody: it waits, and `onlyRequester` says why (see `StepPhase`). */
export interface NewAssignee {
  assignee: Member | null;
  onlyRequester: boolean;
}

/** A change of an opened ticket. */
export interface TaskChange {
  copy: TicketCopy;
  /** The state after the change, before an assignee is chosen. */
  next: TicketState;
  events: TicketEvent[];
  /** Who takes the step or was chosen for it; undefined: the assignee stays. */
  newAssignee: NewAssignee | undefined;
  at: Date;
}

/** A task in its next state, before it is written. */
export interface ProjectedTask {
  /** The state including the assignee. */
  state: TicketState;
  assignee: Member | null;
  /** Whether this change assigned the step. */
  assigned: boolean;
  stepName: string | null;
  /** The current name of the step's role. */
  roleName: string | null;
  /** Whether a requester with the role may have the step. */
  requesterMayAct: boolean;
  /** The number of visits to the step. */
  visits: number;
  definition: { name: string; version: number } | null;
  progress: { steps: string[]; at: number | null };
  entered: boolean;
  /** Whether the assignee is the same as before. Then the name is not written, because it may be changing right now. */
  isKept: boolean;
  /** The name of the transition taken. */
  outcome: string | null;
  isNew: boolean;
}

/** What is stored about a ticket, for a change of it. */
export interface StoredTask {
  assigneeId: number | null;
  assigneeName: string | null;
  isNew: boolean;
  visits: number;
  version: number | null;
  name: string | null;
  roleName: string | null;
  definition: Definition | null;
}

/** Reads everything for the change in one round trip: the task, the pinned definition and earlier visits to the step. */
export const readTaskFor = async (em: EntityManager, number: string, next: TicketState): Promise<StoredTask> => {
  const { phase, workflowVersionId } = next;
  const found = await tracking(em)
    .selectFrom(sql<{ here: boolean }>`(select true as here)`.as('one'))
    .leftJoin('tracking.task as t', (join) => join.on('t.number', '=', number))
    .leftJoin('tracking.workflow_version as v', (join) => join.on('v.id', '=', workflowVersionId))
    .leftJoin('tracking.workflow_definition as d', 'd.id', 'v.workflow_definition_id')
    .leftJoin('tracking.role as r', (join) => join.on('r.key', '=', phase.at === 'step' ? phase.roleKey : null))
    .select([
      't.number',
      't.assignee_id as assigneeId',
      't.assignee_name as assigneeName',
      'v.version',
      'v.definition',
      'd.name',
      'r.name as roleName',
    ])
    .select((eb) =>
      eb
        .selectFrom('tracking.visit')
        .select(countAll().as('count'))
        .where('number', '=', number)
        .where('step_key', '=', phase.at === 'step' ? phase.step : '')
        .as('visits'),
    )
    .executeTakeFirstOrThrow();
  const { number: known, definition, visits, ...rest } = found;
  if (workflowVersionId !== null && definition === null)
    throw new Error(`There is no version ${workflowVersionId} of a workflow definition, to which ${number} is pinned`);
  return {
    ...rest,
    isNew: known === null,
    visits: visits ?? 0,
    definition,
  };
};

/** The task of an opened ticket in its next state. Pure. */
export const projectedTask = (stored: StoredTask, { next, events, newAssignee }: TaskChange): ProjectedTask => {
  const assignee = newAssignee === undefined ? keptAssignee(next, stored) : newAssignee.assignee;
  const state = newAssignee === undefined ? next : withAssignee(next, newAssignee);
  const entered = events.some((event) => event.kind === 'step_entered');
  const done = events.find((event) => event.kind === 'step_done');
  const steps = stored.definition?.steps ?? [];
  const step = state.phase.at === 'step' && stored.definition ? stepOf(stored.definition, state.phase.step) : null;
  return {
    state,
    assignee,
    assigned: assignee !== null && (entered || assignee.id !== stored.assigneeId),
    stepName: step?.name ?? null,
    roleName: state.phase.at === 'step' ? (stored.roleName ?? readableRole(state.phase.roleKey)) : null,
    requesterMayAct: requesterMayAct(state, stored.definition),
    visits: stored.visits + (entered ? 1 : 0),
    definition: stored.name === null || stored.version === null ? null : { name: stored.name, version: stored.version },
    progress: { steps: steps.map(({ name }) => name), at: placeAmong(steps, state) },
    entered,
    isKept: !entered && stored.assigneeId !== null && assignee?.id === stored.assigneeId,
    outcome: done?.transition ?? null,
    isNew: stored.isNew,
  };
};

const keptAssignee = ({ phase }: TicketState, { assigneeName }: StoredTask): Member | null =>
  phase.at === 'step' && phase.assigneeId !== null ? { id: phase.assigneeId, name: assigneeName ?? '' } : null;

const withAssignee = (state: TicketState, { assignee, onlyRequester }: NewAssignee): TicketState =>
  state.phase.at === 'step'
    ? { ...state, phase: { ...state.phase, assigneeId: assignee?.id ?? null, onlyRequester } }
    : state;

/** The index of the current step; the number of steps when all are done; null when it is on none. */
export const placeAmong = (steps: readonly Step[], { phase, status }: TicketState): number | null => {
  if (phase.at === 'step') return steps.findIndex((step) => step.key === phase.step);
  return status === 'resolved' || status === 'closed' ? steps.length : null;
};
