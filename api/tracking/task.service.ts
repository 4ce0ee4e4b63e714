import type { EntityManager } from '@mikro-orm/postgresql';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import type { Gate } from '../commands/ports.ts';
import { when } from '../db/page.ts';
import { selectRows, shapeOf } from '../db/rows.ts';
import { question } from '../db/statements.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { versionById } from './definitions.service.ts';
import { roleNames } from './role-names.service.ts';
import { Task, Visit } from './task.entity.ts';
import { requireRole, roleKeysOf } from './task.policy.ts';
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

/** Whether the ticket has been on a step of one of the user's roles. */
const hasHadPart = async (em: EntityManager, number: string, user: SessionUser): Promise<boolean> =>
  (await em.count(Visit, { number, roleKey: { $in: roleKeysOf(user) } })) > 0;

/**
 * Whoever comes too late for a step of theirs passes: what has changed since is their answer, and not that the step
 * which came meanwhile is none of theirs.
 * @throws AppError `not_found`, or `forbidden` when the current step is not of one of the user's roles.
 */
export const mayAct = (em: EntityManager, number: string, user: SessionUser, version: number): Gate => ({
  asked: question(
    `select t.role_key as "roleKey", r.name as "roleName", t.version from tracking.task t
     left join tracking.role r on r.key = t.role_key where t.number = ?`,
    number,
  ),
  async admit([task]: (Pick<Task, 'roleKey' | 'version'> & { roleName: string | null })[]) {
    if (!task) throw unknownTask(number);
    if (task.roleKey == null) return;
    if (version < task.version && (await hasHadPart(em, number, user))) return;
    requireRole(user, task.roleKey, task.roleName ?? undefined);
  },
});

/** The state of the workflow as far as its actions depend on it. */
const stateOf = (task: ViewedTask): TicketState => ({
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
  if (task.stepKey == null || task.roleKey == null || task.dueAt == null)
    return task.status === 'resolved' ? { at: 'resolved', closesAt: 0 } : { at: 'over' };
  return {
    at: 'step',
    step: task.stepKey,
    role: task.roleKey,
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
  const [found] = await selectRows(em, Task, viewProperties, when('where number = ?', number));
  if (!found) throw unknownTask(number);
  const roleName = await roleNames(em);
  const task = { ...found, roleName: found.roleKey == null ? null : roleName(found.roleKey) };
  const pinned = await versionById(em, task.workflowVersionId ?? null);
  const definition = pinned?.definition ?? null;
  const step = definition?.steps.find((candidate) => candidate.key === task.stepKey) ?? null;
  return {
    ...rowOf(task),
    workflow: pinned && { name: pinned.name, version: pinned.version },
    stages: definition ? stagesOf(task, definition, await visitsOf(em, number), roleName) : [],
    instruction: step?.instruction ?? null,
    actions: definition && step ? actionsOf(task, stateOf(task), definition, step, user, roleName) : [],
    next: definition ? nextOf(task, definition, step, roleName) : [],
  };
};
