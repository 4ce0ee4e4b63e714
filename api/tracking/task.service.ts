import type { EntityManager } from '@mikro-orm/postgresql';
import type { Definition } from '../../workflows/ticket/definition.ts';
import type { TicketState } from '../../workflows/ticket/state.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { Task, Visit } from './task.entity.ts';
import { requireRole } from './task.policy.ts';
import type { TaskView } from './task.schema.ts';
import { actionsOf, nextOf, rowOf, stagesOf } from './task.view.ts';
import { WorkflowVersion } from './workflow.entity.ts';

/** @throws AppError `not_found` for a ticket that has not come to the desk. */
export const findTask = async (em: EntityManager, number: string): Promise<Task> => {
  const task = await em.findOne(Task, { number });
  if (!task) throw new AppError('not_found', `There is no ticket ${number} at the desk.`);
  return task;
};

/** @throws AppError `not_found`, or `forbidden` when the current step is not of one of the user's roles. */
export const mayAct = async (em: EntityManager, number: string, user: SessionUser): Promise<void> => {
  const task = await findTask(em, number);
  if (task.role != null) requireRole(user, task.role);
};

/** The state of the flow as far as its actions depend on it. */
const stateOf = (task: Task): TicketState => ({
  version: task.version,
  changeId: '',
  status: task.status,
  priority: task.priority,
  department: task.department,
  phase: phaseOf(task),
  workflowVersionId: task.workflowVersionId ?? null,
  visit: 0,
});

const phaseOf = (task: Task): TicketState['phase'] => {
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

/** A task with its stages and what this user may do. @throws AppError `not_found`. */
export const readTask = async (
  em: EntityManager,
  number: string,
  user: SessionUser,
): Promise<Omit<TaskView, 'flowUrl'>> => {
  const task = await findTask(em, number);
  const pinned =
    task.workflowVersionId == null
      ? null
      : await em.findOneOrFail(WorkflowVersion, { id: task.workflowVersionId }, { populate: ['workflow'] });
  const visits = await em.find(Visit, { number }, { orderBy: { visit: 'asc' } });
  const definition: Definition | null = pinned?.definition ?? null;
  const step = definition?.steps.find((candidate) => candidate.key === task.stepKey) ?? null;
  return {
    ...rowOf(task),
    workflow: pinned ? { name: pinned.workflow.getEntity().name, version: pinned.version } : null,
    stages: definition ? stagesOf(task, definition, visits) : [],
    instruction: step?.instruction ?? null,
    actions: definition && step ? actionsOf(task, stateOf(task), definition, step, user) : [],
    next: definition ? nextOf(task, definition, step) : [],
  };
};
