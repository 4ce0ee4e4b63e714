import { type Definition, roleOf, type Step, type Transition } from '../../workflows/ticket/rules/definition.ts';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { whyNotNow } from '../../workflows/ticket/rules/why-not.ts';
import type { SessionUser } from '../http/user.ts';
import type { RoleName } from './role-names.service.ts';
import type { Task, Visit } from './task.entity.ts';
import { whyNotInRole } from './task.policy.ts';
import type { TaskAction, TaskRow, TaskView } from './task.schema.ts';

const instant = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

/** What a row of a list is made of. */
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
  'enteredAt',
  'dueAt',
  'overdue',
  'submittedAt',
  'changedAt',
  'version',
] as const satisfies (keyof Task)[];

/** What the view of one task is made of. */
export const viewProperties = [...rowProperties, 'stepKey', 'workflowVersionId'] as const satisfies (keyof Task)[];

/** What the role of the step is called today; null while it has not come from auth. */
type Named = { roleName: string | null };

export type ViewedTask = Pick<Task, (typeof viewProperties)[number]> & Named;

/** What the stages are made of. */
export const visitProperties = [
  'stepKey',
  'roleKey',
  'assigneeName',
  'enteredAt',
  'leftAt',
  'dueAt',
] as const satisfies (keyof Visit)[];

/** The latest visit to a step, and how many there were. */
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
  enteredAt: instant(task.enteredAt),
  dueAt: instant(task.dueAt),
  overdue: task.overdue,
  submittedAt: task.submittedAt.toISOString(),
  changedAt: task.changedAt.toISOString(),
  version: task.version,
});

const personOf = ({ assigneeId, assigneeName }: Pick<Task, 'assigneeId' | 'assigneeName'>) =>
  assigneeId == null ? null : { id: assigneeId, name: assigneeName ?? '' };

/** The steps in their order, with what became of each so far. */
export const stagesOf = (
  task: ViewedTask,
  definition: Definition,
  entered: StepVisits[],
  roleName: RoleName,
): TaskView['stages'] => {
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

const leadsTo = (transition: Transition, definition: Definition, task: ViewedTask, roleName: RoleName): string => {
  const target = definition.steps.find((step) => step.key === transition.to);
  if (!target) return 'The ticket is resolved; the requester is asked to confirm';
  const verb = transition.direction === 'back' ? 'Goes back to' : 'Goes to';
  return `${verb} ${target.name} (${roleName(roleOf(target, task.department))})`;
};

/** The buttons of the current step; a blocked one says why, by name where a name helps. */
export const actionsOf = (
  task: ViewedTask,
  state: TicketState,
  definition: Definition,
  step: Step,
  user: SessionUser,
  roleName: RoleName,
): TaskAction[] => {
  const facts = { number: task.number, category: task.category, subCategory: null, requesterId: task.requesterId };
  const assignee = task.assigneeName;
  const role = roleName(task.roleKey ?? '');
  const notInRole = whyNotInRole(user, task.roleKey ?? '', role);
  const ask = (transition: string | null): string | null => {
    if (notInRole !== null) return notInRole;
    if (transition !== null && task.assigneeId == null)
      return `No ${role} is active yet. Whoever joins the role gets it.`;
    if (transition !== null && task.assigneeId !== user.id)
      return `${assignee} holds this step. Take it over to act on it.`;
    const intention =
      transition === null
        ? ({ kind: 'take', actorId: user.id } as const)
        : ({ kind: 'act', actorId: user.id, transition } as const);
    return whyNotNow(facts, state, definition, intention)?.why ?? null;
  };
  const ways = step.transitions.map((transition): TaskAction => {
    const why = ask(transition.key);
    const { key, name, direction } = transition;
    return {
      key,
      name,
      direction,
      noteRequired: true,
      leadsTo: leadsTo(transition, definition, task, roleName),
      allowed: why === null,
      why,
    };
  });
  const why = ask(null);
  const from = assignee ? ` from ${assignee}` : '';
  const take: TaskAction = {
    key: 'take',
    name: 'Take over',
    direction: 'take',
    noteRequired: false,
    leadsTo: `You get this step${from}`,
    allowed: why === null,
    why,
  };
  return [...ways, take];
};

/** What comes by itself or by the next act, soonest first. */
export const nextOf = (
  task: ViewedTask,
  definition: Definition,
  step: Step | null,
  roleName: RoleName,
): TaskView['next'] => {
  const coming: TaskView['next'] = [];
  if (step && task.dueAt) {
    const who = task.assigneeName ?? `whoever is ${roleName(task.roleKey ?? '')}`;
    const detail = task.overdue
      ? `${step.name} was to be done by then`
      : `if ${step.name} is not done by ${who} by then`;
    coming.push({
      at: task.dueAt.toISOString(),
      what: task.overdue ? 'The time was over' : 'The time is over',
      detail,
    });
  }
  for (const transition of step?.transitions ?? [])
    coming.push({
      at: null,
      what: leadsTo(transition, definition, task, roleName),
      detail: `as soon as somebody chooses ${transition.name}`,
    });
  return coming;
};
