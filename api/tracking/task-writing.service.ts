import type { EntityManager } from '@mikro-orm/postgresql';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { json } from '../db/query-builder.ts';
import type { Task } from './task.entity.ts';
import type { ProjectedTask, TaskChange } from './task-projection.service.ts';
import { tracking } from './tracking.tables.ts';

/** Writes the task and its visits. */
export const writeTask = async (em: EntityManager, { copy, at }: TaskChange, task: ProjectedTask): Promise<void> => {
  const { number } = copy;
  const { state, assignee, stepName, visits, progress, entered, isKept, outcome, isNew } = task;
  const { phase, priority, department } = state;
  if (priority === null || department === null) throw new Error(`${number} has a task before it was opened`);
  const onStep = phase.at === 'step' ? phase : null;
  const dueAt = onStep && new Date(onStep.dueAt);
  const held = { assignee_id: assignee?.id ?? null, assignee_name: assignee?.name ?? null };
  const values = {
    workflow_version_id: state.workflowVersionId,
    status: state.status,
    state: taskState(state),
    priority,
    department,
    step_names: json(progress.steps),
    step_index: progress.at,
    step_key: onStep?.step ?? null,
    step_name: stepName,
    role_key: onStep?.roleKey ?? null,
    visit: visits,
    only_requester: onStep?.onlyRequester ?? false,
    requester_may_act: task.requesterMayAct,
    ...(isKept ? {} : held),
    due_at: dueAt,
    overdue: onStep?.overdue ?? false,
    changed_at: at,
    version: state.version,
    ...(entered ? { entered_at: at } : onStep ? {} : { entered_at: null }),
  };
  const visit = onStep && {
    number,
    visit: state.visit,
    step_key: onStep.step,
    role_key: onStep.roleKey,
    ...held,
    entered_at: at,
    due_at: new Date(onStep.dueAt),
  };
  // One statement for the task and its visits: each round trip makes others wait longer for the role's rotation.
  const writer = tracking(em).with('visits', (db) =>
    onStep && !entered
      ? db
          .updateTable('tracking.visit')
          .set(isKept ? { assignee_id: held.assignee_id } : held)
          .where('number', '=', number)
          .where('visit', '=', state.visit)
          .returning('visit')
      : db
          .updateTable('tracking.visit')
          .set({ left_at: at, outcome })
          .where('number', '=', number)
          .where('left_at', 'is', null)
          .returning('visit'),
  );
  const withVisit =
    visit && entered
      ? writer.with('entered', (db) => db.insertInto('tracking.visit').values(visit).returning('visit'))
      : writer;
  if (isNew) {
    const { subCategory, requesterId, requesterName, submittedAt, category, subject } = copy;
    await withVisit
      .insertInto('tracking.task')
      .values({
        number,
        category,
        subject,
        sub_category: subCategory,
        requester_id: requesterId,
        requester_name: requesterName,
        submitted_at: submittedAt,
        ...values,
      })
      .execute();
  } else await withVisit.updateTable('tracking.task').set(values).where('number', '=', number).execute();
};

export const taskState = ({ phase, status }: TicketState): Task['state'] => {
  if (phase.at === 'unrouted') return 'unrouted';
  if (phase.at === 'step') return phase.assigneeId === null ? 'waiting' : 'held';
  return status === 'withdrawn' ? 'cancelled' : 'done';
};
