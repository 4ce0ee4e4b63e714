import type { EntityManager } from '@mikro-orm/postgresql';
import { type Step, stepOf } from '../../workflows/ticket/definition.ts';
import type { StoryEvent } from '../../workflows/ticket/lifecycle.ts';
import type { TicketState } from '../../workflows/ticket/state.ts';
import type { Category } from '../../workflows/ticket/words.ts';
import type { ChooseAssignee, Member } from './assign.service.ts';
import { versionById } from './definitions.service.ts';
import { Task } from './task.entity.ts';
import { recordVisit } from './visit.service.ts';

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

export interface Followed {
  /** With the assignee that was chosen. */
  state: TicketState;
  assignee: Member | null;
  /** The assignee is another one than before this change. */
  assigned: boolean;
  stepName: string | null;
  /** How often the ticket has come to its step. */
  visit: number;
  workflow: { name: string; version: number } | null;
  track: { steps: string[]; at: number | null };
}

/** Brings the task of an opened ticket to the ticket's new state: chooses the assignee, closes and opens visits. */
export const followTicket = async (
  em: EntityManager,
  copy: TicketCopy,
  next: TicketState,
  story: StoryEvent[],
  actor: Member | null,
  at: Date,
  choose: ChooseAssignee,
): Promise<Followed> => {
  const version = next.workflowVersionId === null ? null : await versionById(em, next.workflowVersionId);
  const task = (await em.findOne(Task, { number: copy.number })) ?? newTask(em, copy, next, at);
  const before = task.assigneeId ?? null;
  const assignee = await assigneeOf(em, next, story, task, actor, choose);
  const state = withAssignee(next, assignee);
  const enters = story.some((event) => event.kind === 'step_entered');
  const done = story.find((event) => event.kind === 'step_done');
  const outcome = done?.transition ?? null;
  const visit = await recordVisit(em, { number: copy.number, state, assignee, at, enters, outcome });

  const steps = version?.definition.steps ?? [];
  const track = { steps: steps.map((step) => step.name), at: placeOnTrack(state, steps) };
  const { phase } = state;
  const step = phase.at === 'step' && version ? stepOf(version.definition, phase.step) : null;
  em.assign(task, {
    workflowVersionId: state.workflowVersionId,
    status: state.status,
    state: taskState(state),
    priority: state.priority ?? task.priority,
    department: state.department ?? task.department,
    trackSteps: track.steps,
    trackAt: track.at,
    stepKey: step?.key ?? null,
    stepName: step?.name ?? null,
    role: phase.at === 'step' ? phase.role : null,
    visit,
    assigneeId: assignee?.id ?? null,
    assigneeName: assignee?.name ?? null,
    enteredAt: enters ? at : phase.at === 'step' ? task.enteredAt : null,
    dueAt: phase.at === 'step' ? new Date(phase.dueAt) : null,
    overdue: phase.at === 'step' && phase.overdue,
    changedAt: at,
    version: state.version,
  });
  em.persist(task);
  const workflow = version && { name: version.name, version: version.version };
  const assigned = assignee !== null && (enters || assignee.id !== before);
  return { state, assignee, assigned, stepName: step?.name ?? null, visit, workflow, track };
};

const newTask = (em: EntityManager, copy: TicketCopy, state: TicketState, at: Date): Task => {
  const { priority, department } = state;
  if (priority === null || department === null) throw new Error(`${copy.number} has a task before it was opened`);
  return em.create(Task, {
    ...copy,
    priority,
    department,
    status: state.status,
    state: 'unrouted',
    trackSteps: [],
    changedAt: at,
    version: 0,
  });
};

const assigneeOf = async (
  em: EntityManager,
  { phase }: TicketState,
  story: StoryEvent[],
  task: Task,
  actor: Member | null,
  choose: ChooseAssignee,
): Promise<Member | null> => {
  if (phase.at !== 'step') return null;
  if (story.some((event) => event.kind === 'taken')) return actor;
  if (phase.assigneeId === null) return choose(em, phase.role);
  return { id: phase.assigneeId, name: task.assigneeName ?? '' };
};

const withAssignee = (state: TicketState, assignee: Member | null): TicketState =>
  state.phase.at === 'step' ? { ...state, phase: { ...state.phase, assigneeId: assignee?.id ?? null } } : state;

/** Index of the step the ticket is on; behind the last one when all are done; null when it left the track. */
const placeOnTrack = ({ phase, status }: TicketState, steps: Step[]): number | null => {
  if (phase.at === 'step') return steps.findIndex((step) => step.key === phase.step);
  return status === 'resolved' || status === 'closed' ? steps.length : null;
};

const taskState = ({ phase, status }: TicketState): Task['state'] => {
  if (phase.at === 'unrouted') return 'unrouted';
  if (phase.at === 'step') return phase.assigneeId === null ? 'waiting' : 'held';
  return status === 'withdrawn' ? 'cancelled' : 'done';
};
