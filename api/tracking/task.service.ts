import type { EntityManager } from '@mikro-orm/postgresql';
import { stateSchema, type TicketState } from '../../workflows/ticket/rules/state.ts';
import { columnsOf } from '../db/columns.ts';
import { AppError } from '../http/problem.ts';
import type { SessionUser } from '../http/user.ts';
import { roleNames } from './role-names.service.ts';
import type { TaskView } from './task.schema.ts';
import {
  actionsOf,
  nextOf,
  rowOf,
  type StepVisits,
  stepsOf,
  type ViewedTask,
  viewProperties,
  visitProperties,
} from './task.view.ts';
import { tracking } from './tracking.tables.ts';

export const unknownTask = (number: string): AppError =>
  new AppError('not_found', `There is no ticket ${number} at the desk.`);

/** The parts of the ticket's state that its commands need. */
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
  if (task.stepKey == null || task.roleKey == null || task.dueAt == null)
    return task.status === 'resolved' ? { at: 'resolved', closesAt: 0 } : { at: 'over' };
  return {
    at: 'step',
    step: task.stepKey,
    roleKey: task.roleKey,
    assigneeId: task.assigneeId ?? null,
    onlyRequester: task.onlyRequester,
    dueAt: task.dueAt.getTime(),
    overdue: task.overdue,
  };
};

/** The last visit to each step. A ticket may go back and forth a thousand times, and no page needs all its visits. */
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

/** A task with its steps and what this user may do. @throws AppError `not_found`. */
export const readTask = async (
  em: EntityManager,
  number: string,
  user: SessionUser,
): Promise<Omit<TaskView, 'workflowUrl'>> => {
  const found = await tracking(em)
    .selectFrom('tracking.task as t')
    .leftJoin('tracking.workflow_version as v', 'v.id', 't.workflow_version_id')
    .leftJoin('tracking.workflow_definition as d', 'd.id', 'v.workflow_definition_id')
    .select(columnsOf('t', viewProperties))
    .select(['v.definition', 'v.version as workflowVersion', 'd.name as workflowName'])
    .where('t.number', '=', number)
    .executeTakeFirst();
  if (!found) throw unknownTask(number);
  const roleName = await roleNames(em);
  const task = { ...found, roleName: found.roleKey == null ? null : roleName(found.roleKey) };
  const { definition, workflowName: name, workflowVersion } = found;
  const step = definition?.steps.find((candidate) => candidate.key === task.stepKey) ?? null;
  const situation = {
    facts: { number, category: task.category, subCategory: null, requesterId: task.requesterId },
    state: stateOf(task),
    definition,
    names: { role: roleName, assignee: task.assigneeName ?? null },
  };
  return {
    ...rowOf(task),
    workflow: name === null || workflowVersion === null ? null : { name, version: workflowVersion },
    steps: definition ? stepsOf(task, definition, await visitsOf(em, number), roleName) : [],
    instruction: step?.instruction ?? null,
    actions: actionsOf(situation, user),
    next: nextOf(task, situation, step),
  };
};
