import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { submitted, type TicketState } from '../../workflows/ticket/state.ts';
import { Ticket, TimelineLine } from './ticket.entity.ts';
import type { TimelineEvent } from './ticket.schema.ts';

/** A ticket that nobody else can change before the transaction ends. */
export interface LockedTicket {
  ticket: Ticket;
  state: TicketState;
}

/** @throws when there is no such ticket. */
export const lockTicket = async (em: EntityManager, number: string): Promise<LockedTicket> => {
  const ticket = await em.findOneOrFail(
    Ticket,
    { number },
    { lockMode: LockMode.PESSIMISTIC_WRITE, populate: ['flow'] },
  );
  return { ticket, state: ticket.flow ?? submitted };
};

/** What the flow recorded last. @throws when there is no such ticket. */
export const recordedState = async (em: EntityManager, number: string): Promise<TicketState> => {
  const ticket = await em.findOneOrFail(Ticket, { number }, { populate: ['flow'] });
  return ticket.flow ?? submitted;
};

export interface Projection {
  state: TicketState;
  at: Date;
  actor: { id: number; name: string } | null;
  /** The reason of a rejection or withdrawal. */
  reason: string | null;
  holder: { name: string | null; role: string; dueAt: Date } | null;
  track: { steps: string[]; at: number | null };
  events: TimelineEvent[];
}

/** Brings a locked ticket to its next version, with the lines of its timeline. */
export const projectTicket = (em: EntityManager, ticket: Ticket, change: Projection): void => {
  const { state, at, holder, track } = change;
  ticket.flow = state;
  ticket.version = state.version;
  ticket.status = state.status;
  ticket.priority = state.priority;
  ticket.department = state.department;
  ticket.trackSteps = track.steps;
  ticket.trackAt = track.at;
  ticket.holderName = holder?.name ?? null;
  ticket.holderRole = holder?.role ?? null;
  ticket.dueAt = holder?.dueAt ?? null;
  ticket.changedAt = at;
  if (change.reason !== null) ticket.reason = change.reason;
  if (state.status === 'resolved') ticket.resolvedAt = at;
  if (state.phase.at === 'over') ticket.closedAt = at;
  ticket.closesAt = state.phase.at === 'resolved' ? new Date(state.phase.closesAt) : null;
  em.persist(change.events.map((event, ordinal) => lineOf(em, ticket.number, change, event, ordinal)));
};

const lineOf = (em: EntityManager, ticketNumber: string, change: Projection, event: TimelineEvent, ordinal: number) => {
  const { kind, ...data } = event;
  const byTheSystem = ['routed', 'unrouted', 'step_entered', 'assigned', 'waiting_for_role', 'resolved'].includes(kind);
  const actor = byTheSystem ? null : change.actor;
  return em.create(TimelineLine, {
    ticketNumber,
    version: change.state.version,
    ordinal,
    at: change.at,
    actorId: actor?.id ?? null,
    actorName: actor?.name ?? null,
    kind,
    data,
  });
};
