import type { EntityManager } from '@mikro-orm/postgresql';
import { requesterMayAct } from '../../workflows/ticket/rules/authority.ts';
import { stepOf } from '../../workflows/ticket/rules/definition.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { countAll, json } from '../db/query-builder.ts';
import { versionById } from './definitions.service.ts';
import { roleNames } from './role-names.service.ts';
import { placeAmong, type TicketCopy } from './task-projection.service.ts';
import { taskState } from './task-writing.service.ts';
import { tracking } from './tracking.tables.ts';

// Tracking's part of catching up a ticket whose rows came back from an older backup.

/** The task after catching up. */
export interface CaughtUpTask {
  stepNames: string[];
  stepIndex: number | null;
  assigneeName: string | null;
  roleName: string | null;
}

type OnStep = Extract<TicketState['phase'], { at: 'step' }>;

const nameOf = async (em: EntityManager, id: number): Promise<string> => {
  const member = await tracking(em)
    .selectFrom('tracking.role_member')
    .where('user_id', '=', id)
    .select('name')
    .limit(1)
    .executeTakeFirst();
  return member?.name ?? `User ${id}`;
};

interface Visited {
  number: string;
  visit: number;
  phase: OnStep;
  assigneeName: string | null;
  at: Date;
}

/** Starts the current visit; the ones in between are lost. Returns its start and the number of visits to this step. */
const beginVisit = async (em: EntityManager, { number, visit, phase, assigneeName, at }: Visited) => {
  const assignee = { assignee_id: phase.assigneeId, assignee_name: assigneeName };
  const { entered_at } = await tracking(em)
    .insertInto('tracking.visit')
    .values({
      ...{ number, visit, step_key: phase.step, role_key: phase.roleKey, ...assignee },
      ...{ entered_at: at, due_at: new Date(phase.dueAt) },
    })
    .onConflict((conflict) => conflict.columns(['number', 'visit']).doUpdateSet(assignee))
    .returning('entered_at')
    .executeTakeFirstOrThrow();
  const { times } = await tracking(em)
    .selectFrom('tracking.visit')
    .where('number', '=', number)
    .where('step_key', '=', phase.step)
    .select(countAll().as('times'))
    .executeTakeFirstOrThrow();
  return { entered_at, visit: times };
};

/**
 * Brings the task of an opened ticket and its visits to the workflow's state.
 * @throws Error when the ticket's definition version is lost or has changed.
 */
export const catchUpTask = async (
  em: EntityManager,
  copy: TicketCopy,
  state: TicketState,
  at: Date,
): Promise<CaughtUpTask> => {
  const { number } = copy;
  const { version, status, priority, department, phase } = state;
  if (priority === null || department === null) throw new Error(`${number} was never opened and has no task`);
  const pinned = await versionById(em, state.workflowVersionId);
  const steps = pinned?.definition.steps ?? [];
  const stepNames = steps.map(({ name }) => name);
  const stepIndex = placeAmong(steps, state);
  const onStep = phase.at === 'step' ? phase : null;
  const step = onStep && pinned ? stepOf(pinned.definition, onStep.step) : null;
  const assigneeName = onStep?.assigneeId ? await nameOf(em, onStep.assigneeId) : null;
  await tracking(em)
    .updateTable('tracking.visit')
    .where('number', '=', number)
    .where('left_at', 'is', null)
    .$if(onStep !== null, (left) => left.where('visit', '<>', state.visit))
    .set({ left_at: at })
    .execute();
  const here = onStep && (await beginVisit(em, { number, visit: state.visit, phase: onStep, assigneeName, at }));
  const values = {
    ...{ version, status, state: taskState(state), priority, department },
    ...{ workflow_version_id: state.workflowVersionId, step_names: json(stepNames), step_index: stepIndex },
    ...{ step_key: step?.key ?? null, step_name: step?.name ?? null, role_key: onStep?.roleKey ?? null },
    ...{ assignee_id: onStep?.assigneeId ?? null, assignee_name: assigneeName },
    ...{ only_requester: onStep?.onlyRequester ?? false },
    ...{ requester_may_act: requesterMayAct(state, pinned?.definition ?? null) },
    ...{ due_at: onStep && new Date(onStep.dueAt), overdue: onStep?.overdue ?? false },
    ...{ entered_at: here?.entered_at ?? null, visit: here?.visit ?? 0, changed_at: at },
  };
  await tracking(em)
    .insertInto('tracking.task')
    .values({
      ...{ number, subject: copy.subject, category: copy.category, sub_category: copy.subCategory },
      ...{ requester_id: copy.requesterId, requester_name: copy.requesterName, submitted_at: copy.submittedAt },
      ...values,
    })
    .onConflict((conflict) => conflict.column('number').doUpdateSet(values))
    .execute();
  const roleName = await roleNames(em);
  return { stepNames, stepIndex, assigneeName, roleName: onStep && roleName(onStep.roleKey) };
};
