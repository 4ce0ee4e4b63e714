import type { EntityManager } from '@mikro-orm/postgresql';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import type { Gate } from '../commands/ports.ts';
import { columnsOf } from '../db/columns.ts';
import { question } from '../db/statements.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { versionById } from './definitions.service.ts';
import { type Task, Visit } from './task.entity.ts';
import { requireRole, rolesOf } from './task.policy.ts';
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
import { tracking } from './tracking.tables.ts';

const unknownTask = (number: string): AppError =>
  new AppError('not_found', `There is no ticket ${number} at the desk.`);

/** Whether the ticket has been on a step of one of the user's roles before. */
const wasTheirs = async (em: EntityManager, number: string, user: SessionUser): Promise<boolean> =>
  (await em.count(Visit, { number, role: { $in: rolesOf(user) } })) > 0;

/**
 * Lets through who comes too late for a step of theirs. They shall hear what has changed since, and not that the ticket's
 * new step belongs to another role.
 * @throws AppError `not_found`, or `forbidden` when the current step is not of one of the user's roles.
 */
export const mayAct = (em: EntityManager, number: string, user: SessionUser, version: number): Gate => ({
  asked: question('select role, version from tracking.task where number = ?', number),
  async admit([task]: Pick<Task, 'role' | 'version'>[]) {
    if (!task) throw unknownTask(number);
    if (task.role == null) return;
    if (version < task.version && (await wasTheirs(em, number, user))) return;
    requireRole(user, task.role);
  },
});

/** As much of the workflow's state as the actions depend on. */
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
  if (task.stepKey == null || task.role == null || task.dueAt == null)
    return task.status === 'resolved' ? { at: 'resolved', closesAt: 0 } : { at: 'over' };
  return {
    at: 'step',
    step: task.stepKey,
    role: task.role,
    assigneeId: task.assigneeId ?? null,
    dueAt: task.dueAt.getTime(),
    overdue: task.overdue,
  };
};

/** The last visit to each step. A ticket may go back and forth a thousand times: no page needs all its visits. */
const visitsOf = (em: EntityManager, number: string): Promise<StepVisits[]> =>
  tracking(em)
    .selectFrom('tracking.visit as v')
    .distinctOn('v.step_key')
    .select(columnsOf('v', visitProperties))
    .select((eb) => {
      const ofStep = eb.fn.countAll().over((over) => over.partitionBy('v.step_key'));
      return eb.cast<number>(ofStep, 'integer').as('visits');
    })
    .where('v.number', '=', number)
    .orderBy('v.step_key')
    .orderBy('v.visit', 'desc')
    .execute();

/** A task with its stages and what this user may do. @throws AppError `not_found`. */
export const readTask = async (
  em: EntityManager,
  number: string,
  user: SessionUser,
): Promise<Omit<TaskView, 'workflowUrl'>> => {
  const task = await tracking(em)
    .selectFrom('tracking.task as t')
    .select(columnsOf('t', viewProperties))
    .where('t.number', '=', number)
    .executeTakeFirst();
  if (!task) throw unknownTask(number);
  const pinned = await versionById(em, task.workflowVersionId ?? null);
  const definition = pinned?.definition ?? null;
  const step = definition?.steps.find((candidate) => candidate.key === task.stepKey) ?? null;
  return {
    ...rowOf(task),
    workflow: pinned && { name: pinned.name, version: pinned.version },
    stages: definition ? stagesOf(task, definition, await visitsOf(em, number)) : [],
    instruction: step?.instruction ?? null,
    actions: definition && step ? actionsOf(task, stateOf(task), definition, step, user) : [],
    next: definition ? nextOf(task, definition, step) : [],
  };
};
