import type { EntityManager } from '@mikro-orm/postgresql';
import { plainNames } from '../../workflows/ticket/rules/command.ts';
import { stateSchema, type TicketState } from '../../workflows/ticket/rules/state.ts';
import { when } from '../db/page.ts';
import { selectRows, shapeOf } from '../db/rows.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { versionById } from './definitions.service.ts';
import { Task, Visit } from './task.entity.ts';
import type { TaskView } from './task.schema.ts';
import {
  actionsOf,
  nextOf,
  rowOf,
  type StepVisits,
  stagesOf,
  type ViewedTask,
  viewProperties,
  visitProperties,
} from './task.view.ts';

const unknownTask = (number: string): AppError =>
  new AppError('not_found', `There is no ticket ${number} at the desk.`);

/** The state of the ticket as far as its commands depend on it. */
const stateOf = (task: ViewedTask): TicketState => ({
  schema: stateSchema,
  version: task.version,
  changeId: '',
  status: task.status,
  priority: task.priority,
  department: task.department,
  phase: phaseOf(task),
  workflowVersionId: task.workflowVersionId ?? null,
  visit: 0,
});

const phaseOf = (task: ViewedTask): TicketState['phase'] => {
  if (task.state === 'unrouted') return { at: 'unrouted' };
  if (task.stepKey == null || task.role == null || task.dueAt == null)
    return task.status === 'resolved' ? { at: 'resolved', closesAt: 0 } : { at: 'over' };
  return {
    at: 'step',
    step: task.stepKey,
    roleKey: task.role,
    assigneeId: task.assigneeId ?? null,
    dueAt: task.dueAt.getTime(),
    overdue: task.overdue,
  };
};

/** What became of each step that was entered. A ticket may go forth and back a thousand times: no page needs them all. */
const visitsOf = async (em: EntityManager, number: string): Promise<StepVisits[]> => {
  const visit = shapeOf(em, Visit, visitProperties, 'v');
  const rows = await em.execute<{ visits: number }[]>(
    `select distinct on (v.step_key) ${visit.columns}, count(*) over (partition by v.step_key)::int as visits
     from tracking.visit v where v.number = ? order by v.step_key, v.visit desc`,
    [number],
  );
  return rows.map((row) => ({ ...visit.read(row), visits: row.visits }));
};

/** A task with its stages and what this user may do. @throws AppError `not_found`. */
export const readTask = async (
  em: EntityManager,
  number: string,
  user: SessionUser,
): Promise<Omit<TaskView, 'workflowUrl'>> => {
  const [task] = await selectRows(em, Task, viewProperties, when('where number = ?', number));
  if (!task) throw unknownTask(number);
  const pinned = await versionById(em, task.workflowVersionId ?? null);
  const definition = pinned?.definition ?? null;
  const step = definition?.steps.find((candidate) => candidate.key === task.stepKey) ?? null;
  const situation = {
    facts: { number, category: task.category, subCategory: null, requesterId: task.requesterId },
    state: stateOf(task),
    definition,
    names: { ...plainNames, assignee: task.assigneeName ?? null },
  };
  return {
    ...rowOf(task),
    workflow: pinned && { name: pinned.name, version: pinned.version },
    stages: definition ? stagesOf(task, definition, await visitsOf(em, number)) : [],
    instruction: step?.instruction ?? null,
    actions: actionsOf(situation, user),
    next: nextOf(task, situation, step),
  };
};
