import type { EntityManager } from '@mikro-orm/postgresql';
import { type Step, stepOf } from '../../workflows/ticket/rules/definition.ts';
import type { TicketEvent } from '../../workflows/ticket/rules/lifecycle.ts';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import type { Category } from '../../workflows/ticket/rules/words.ts';
import { when } from '../db/page.ts';
import { type Answers, change, insertion, type Question, question, type Write } from '../db/statements.ts';
import type { Member } from './assign.service.ts';
import { foundVersion, versionOf } from './definitions.service.ts';
import { Task } from './task.entity.ts';
import { visitsOfStep, visitWrites } from './visit.service.ts';

/** The facts of a ticket that the desk keeps a copy of. */
export interface TicketCopy {
  number: string;
  category: Category;
  subCategory: string | null;
  subject: string;
  requesterId: number;
  requesterName: string;
  submittedAt: Date;
}

/** A change of an opened ticket, as the desk sees it. */
export interface DeskChange {
  copy: TicketCopy;
  /** The ticket's state after it, without the assignee who is to be chosen. */
  next: TicketState;
  story: TicketEvent[];
  actor: Member | null;
  /** Who gets the step of `roleToChooseFrom`; null when nobody can. */
  chosen: Member | null;
  at: Date;
}

export interface Followed {
  /** With the assignee that was chosen. */
  state: TicketState;
  assignee: Member | null;
  /** The assignee is another one than before this change. */
  assigned: boolean;
  stepName: string | null;
  /** What the role of the step is called today. */
  roleName: string | null;
  /** How often the ticket has come to its step. */
  visit: number;
  workflow: { name: string; version: number } | null;
  progress: { steps: string[]; at: number | null };
  /** What brings the task there. */
  writes: Write[];
}

/** Asks for what `followTicket` must know. */
export const askedOfDesk = (number: string, next: TicketState) => ({
  tasks: taskOf(number),
  versions: versionOf(next.workflowVersionId),
  visits: visitsOfStep(number, next),
  roles: roleOfStep(next),
});

export type DeskAnswers = Answers<ReturnType<typeof askedOfDesk>>;

/** The task of an opened ticket in the ticket's new state, with its assignee and its visits. */
export const followTicket = (
  em: EntityManager,
  { copy, next, story, actor, chosen, at }: DeskChange,
  asked: DeskAnswers,
): Followed => {
  const { number } = copy;
  const version = foundVersion(next.workflowVersionId, asked.versions);
  const [task] = asked.tasks;
  const before = task?.assigneeId ?? null;
  const assignee = assigneeOf({ next, story, actor, chosen }, task?.assigneeName ?? null);
  const state = withAssignee(next, assignee);
  const enters = story.some((event) => event.kind === 'step_entered');
  const done = story.find((event) => event.kind === 'step_done');
  const outcome = done?.transition ?? null;
  const visit = (asked.visits[0]?.count ?? 0) + (enters ? 1 : 0);

  const steps = version?.definition.steps ?? [];
  const progress = { steps: steps.map((step) => step.name), at: placeOnTrack(state, steps) };
  const { phase } = state;
  const step = phase.at === 'step' && version ? stepOf(version.definition, phase.step) : null;
  const isKept = !enters && before !== null && assignee?.id === before;
  const values = {
    workflowVersionId: state.workflowVersionId,
    status: state.status,
    state: taskState(state),
    ...routedBy(number, state),
    stepNames: progress.steps,
    stepIndex: progress.at,
    stepKey: step?.key ?? null,
    stepName: step?.name ?? null,
    roleKey: phase.at === 'step' ? phase.role : null,
    visit,
    // A name that stays is not written again: somebody could be renamed at this moment.
    ...(isKept ? {} : { assigneeId: assignee?.id ?? null, assigneeName: assignee?.name ?? null }),
    ...(enters ? { enteredAt: at } : phase.at === 'step' ? {} : { enteredAt: null }),
    dueAt: phase.at === 'step' ? new Date(phase.dueAt) : null,
    overdue: phase.at === 'step' && phase.overdue,
    changedAt: at,
    version: state.version,
  };
  const writes = [
    task ? change(em, Task, values, when('t.number = ?', number)) : insertion(em, Task, [{ ...copy, ...values }]),
    ...visitWrites(em, { number, state, assignee, isKept, at, enters, outcome }),
  ];
  const workflow = version && { name: version.name, version: version.version };
  const assigned = assignee !== null && (enters || assignee.id !== before);
  const roleName = phase.at === 'step' ? (asked.roles[0]?.name ?? readableRole(phase.role)) : null;
  return { state, assignee, assigned, stepName: step?.name ?? null, roleName, visit, workflow, progress, writes };
};

const taskOf = (number: string): Question<{ assigneeId: number | null; assigneeName: string | null }> =>
  question(
    'select assignee_id as "assigneeId", assignee_name as "assigneeName" from tracking.task where number = ?',
    number,
  );

const roleOfStep = ({ phase }: TicketState): Question<{ name: string }> =>
  question('select name from tracking.role where key = ?', phase.at === 'step' ? phase.role : null);

const routedBy = (number: string, { priority, department }: TicketState) => {
  if (priority === null || department === null) throw new Error(`${number} has a task before it was opened`);
  return { priority, department };
};

const isTaken = (story: TicketEvent[]): boolean => story.some((event) => event.kind === 'taken');

/** The role from which somebody must be chosen for the step. */
export const roleToChooseFrom = ({ phase }: TicketState, story: TicketEvent[]): string | null =>
  phase.at === 'step' && phase.assigneeId === null && !isTaken(story) ? phase.role : null;

const assigneeOf = (
  { next: { phase }, story, actor, chosen }: Pick<DeskChange, 'next' | 'story' | 'actor' | 'chosen'>,
  assigneeName: string | null,
): Member | null => {
  if (phase.at !== 'step') return null;
  if (isTaken(story)) return actor;
  if (phase.assigneeId === null) return chosen;
  return { id: phase.assigneeId, name: assigneeName ?? '' };
};

const withAssignee = (state: TicketState, assignee: Member | null): TicketState =>
  state.phase.at === 'step' ? { ...state, phase: { ...state.phase, assigneeId: assignee?.id ?? null } } : state;

/** Index of the step the ticket is on; behind the last one when all are done; null when it left the progress. */
const placeOnTrack = ({ phase, status }: TicketState, steps: Step[]): number | null => {
  if (phase.at === 'step') return steps.findIndex((step) => step.key === phase.step);
  return status === 'resolved' || status === 'closed' ? steps.length : null;
};

const taskState = ({ phase, status }: TicketState): Task['state'] => {
  if (phase.at === 'unrouted') return 'unrouted';
  if (phase.at === 'step') return phase.assigneeId === null ? 'waiting' : 'held';
  return status === 'withdrawn' ? 'cancelled' : 'done';
};
