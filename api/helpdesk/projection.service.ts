import type { EntityManager } from '@mikro-orm/postgresql';
import { submitted, type TicketState } from '../../workflows/ticket/rules/state.ts';
import { when } from '../db/page.ts';
import { rowsWith, shapeOf } from '../db/rows.ts';
import { change, insertion, type Question, question, type Write } from '../db/statements.ts';
import { Ticket, TimelineEntryRow } from './ticket.entity.ts';
import type { TimelineEvent } from './ticket.schema.ts';

const keptProperties = [
  'number',
  'category',
  'subCategory',
  'subject',
  'requesterId',
  'requesterName',
  'submittedAt',
  'stepNames',
] as const satisfies (keyof Ticket)[];

/** What a change must know of the ticket besides its state. */
export type KeptTicket = Pick<Ticket, (typeof keptProperties)[number]>;

/** A ticket that nobody else can change before the transaction ends. */
export interface LockedTicket {
  ticket: KeptTicket;
  state: TicketState;
}

/** Holds the ticket until the transaction ends. */
export const heldTicket = (number: string): Question<object> =>
  question('select from helpdesk.ticket where number = ? for update', number);

const lockedProperties = [...keptProperties, 'workflowState'] as const;

/** Asks for a ticket that is held. */
export const ticketWith = (em: EntityManager, number: string): Question<object> =>
  rowsWith(em, Ticket, lockedProperties, when('where number = ?', number));

/** The answer to it. @throws when there is no such ticket. */
export const foundTicket = (em: EntityManager, number: string, [found]: object[]): LockedTicket => {
  if (!found) throw new Error(`There is no ticket ${number}`);
  const ticket = shapeOf(em, Ticket, lockedProperties, 't').read(found);
  return { ticket, state: ticket.workflowState ?? submitted };
};

/** What the workflow recorded last. @throws when there is no such ticket. */
export const recordedState = async (em: EntityManager, number: string): Promise<TicketState> => {
  const ticket = await em.findOneOrFail(Ticket, { number }, { populate: ['workflowState'] });
  return ticket.workflowState ?? submitted;
};

export interface Projection {
  state: TicketState;
  at: Date;
  actor: { id: number; name: string } | null;
  /** The reason of a rejection or withdrawal. */
  reason: string | null;
  assignee: { id: number | null; name: string | null; roleKey: string; roleName: string; dueAt: Date } | null;
  progress: { steps: string[]; at: number | null };
  events: TimelineEvent[];
}

/** What brings a locked ticket to its next version, with the lines of its timeline. */
export const projectionOf = (em: EntityManager, number: string, projected: Projection): Write[] => {
  const { state, at, assignee, progress, reason, events } = projected;
  const { status, priority, department, phase } = state;
  const values: Partial<Ticket> = {
    workflowState: state,
    version: state.version,
    status,
    priority,
    department,
    stepNames: progress.steps,
    stepIndex: progress.at,
    assigneeId: assignee?.id ?? null,
    assigneeName: assignee?.name ?? null,
    roleKey: assignee?.roleKey ?? null,
    roleName: assignee?.roleName ?? null,
    dueAt: assignee?.dueAt ?? null,
    changedAt: at,
    closesAt: phase.at === 'resolved' ? new Date(phase.closesAt) : null,
    ...(reason === null ? {} : { reason }),
    ...(status === 'resolved' ? { resolvedAt: at } : {}),
    ...(phase.at === 'over' ? { closedAt: at } : {}),
  };
  const [first, ...rest] = events.map((event, ordinal) => lineOf(number, projected, event, ordinal));
  const lines = first ? [insertion(em, TimelineEntryRow, [first, ...rest])] : [];
  return [change(em, Ticket, values, when('t.number = ?', number)), ...lines];
};

const lineOf = (ticketNumber: string, change: Projection, event: TimelineEvent, ordinal: number) => {
  const { kind, ...data } = event;
  const byTheSystem = ['routed', 'unrouted', 'step_entered', 'assigned', 'waiting_for_role', 'resolved'].includes(kind);
  const actor = byTheSystem ? null : change.actor;
  return {
    ticketNumber,
    version: change.state.version,
    ordinal,
    at: change.at,
    actorId: actor?.id ?? null,
    actorName: actor?.name ?? null,
    kind,
    data,
  };
};
