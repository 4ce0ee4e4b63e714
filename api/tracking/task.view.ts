import type { AnyCommand, Situation } from '../../workflows/ticket/rules/command.ts';
import { act } from '../../workflows/ticket/rules/commands/act.ts';
import { commands } from '../../workflows/ticket/rules/commands/index.ts';
import { type Definition, roleOf, type Step } from '../../workflows/ticket/rules/definition.ts';
import { choicesOf } from '../../workflows/ticket/rules/offers.ts';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import { actorOf } from '../commands/authority.ts';
import type { SessionUser } from '../http/user.ts';
import type { RoleName } from './role-names.service.ts';
import type { Task, Visit } from './task.entity.ts';
import type { TaskAction, TaskRow, TaskView } from './task.schema.ts';

const instant = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

/** The columns for a list row. */
export const rowProperties = [
  'number',
  'subject',
  'category',
  'department',
  'priority',
  'requesterId',
  'requesterName',
  'status',
  'state',
  'stepNames',
  'stepIndex',
  'stepName',
  'roleKey',
  'visit',
  'assigneeId',
  'assigneeName',
  'onlyRequester',
  'enteredAt',
  'dueAt',
  'overdue',
  'submittedAt',
  'changedAt',
  'version',
] as const satisfies (keyof Task)[];

/** The columns for the view of one task. */
export const viewProperties = [...rowProperties, 'stepKey', 'workflowVersionId'] as const satisfies (keyof Task)[];

/** The current name of the step's role; null until auth has sent it. */
type Named = { roleName: string | null };

export type ViewedTask = Pick<Task, (typeof viewProperties)[number]> & Named;

/** The columns for the steps of a task. */
export const visitProperties = [
  'stepKey',
  'roleKey',
  'assigneeName',
  'enteredAt',
  'leftAt',
  'dueAt',
] as const satisfies (keyof Visit)[];

/** The latest visit to a step, and the number of visits. */
export type StepVisits = Pick<Visit, (typeof visitProperties)[number]> & { visits: number };

export const rowOf = (task: Pick<Task, (typeof rowProperties)[number]> & Named): TaskRow => ({
  number: task.number,
  subject: task.subject,
  category: task.category,
  department: task.department,
  priority: task.priority,
  requester: { id: task.requesterId, name: task.requesterName },
  status: task.status,
  state: task.state,
  progress: { steps: task.stepNames, at: task.stepIndex ?? null },
  step: task.stepName ?? null,
  roleKey: task.roleKey ?? null,
  role: task.roleKey == null ? null : (task.roleName ?? readableRole(task.roleKey)),
  visit: task.visit,
  assignee: personOf(task),
  onlyRequester: task.onlyRequester,
  enteredAt: instant(task.enteredAt),
  dueAt: instant(task.dueAt),
  overdue: task.overdue,
  submittedAt: task.submittedAt.toISOString(),
  changedAt: task.changedAt.toISOString(),
  version: task.version,
});

const personOf = ({ assigneeId, assigneeName }: Pick<Task, 'assigneeId' | 'assigneeName'>) =>
  assigneeId == null ? null : { id: assigneeId, name: assigneeName ?? '' };

/** The steps in order, with what has happened on each. */
export const stepsOf = (
  task: ViewedTask,
  definition: Definition,
  entered: StepVisits[],
  roleName: RoleName,
): TaskView['steps'] => {
  const at = task.stepIndex ?? -1;
  return definition.steps.map((step, index) => {
    const last = entered.find(({ stepKey }) => stepKey === step.key);
    return {
      key: step.key,
      name: step.name,
      role: roleName(last?.roleKey ?? roleOf(step, task.department)),
      state: index === at ? 'now' : index < at ? 'done' : 'next',
      assignee: last?.assigneeName ?? null,
      enteredAt: instant(last?.enteredAt),
      leftAt: instant(last?.leftAt),
      dueAt: instant(last?.dueAt),
      visits: last?.visits ?? 0,
    };
  });
};

/** The buttons of the current step, from every command that offers some. A disabled one says why, with names. */
export const actionsOf = (situation: Situation, user: SessionUser): TaskAction[] =>
  commands.flatMap((declaration: AnyCommand) =>
    choicesOf(declaration, situation, actorOf(user)).map((choice) => ({ ...choice, command: declaration.kind })),
  );

/** What happens automatically or with the next action, soonest first. */
export const nextOf = (task: ViewedTask, situation: Situation, step: Step | null): TaskView['next'] => {
  const coming: TaskView['next'] = [];
  if (step && task.dueAt) {
    const who = task.assigneeName ?? `whoever is ${situation.names.role(task.roleKey ?? '')}`;
    const detail = task.overdue
      ? `${step.name} was to be done by then`
      : `if ${step.name} is not done by ${who} by then`;
    coming.push({
      at: task.dueAt.toISOString(),
      what: task.overdue ? 'The time was over' : 'The time is over',
      detail,
    });
  }
  for (const { leadsTo, name } of act.choices?.(situation) ?? [])
    coming.push({ at: null, what: leadsTo, detail: `as soon as somebody chooses ${name}` });
  return coming;
};
