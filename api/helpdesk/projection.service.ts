import type { EntityManager } from '@mikro-orm/postgresql';
import type { QueryCreator } from 'kysely';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { stateOf } from '../../workflows/ticket/rules/upgrade.ts';
import { json } from '../db/query-builder.ts';
import { type HelpdeskTables, helpdesk } from './helpdesk.tables.ts';
import { Ticket } from './ticket.entity.ts';
import type { TimelineEvent } from './ticket.schema.ts';

/** What a change needs to know about the ticket besides its state. */
export type TicketCopy = Pick<
  Ticket,
  'number' | 'category' | 'subject' | 'requesterId' | 'requesterName' | 'submittedAt' | 'stepNames'
> & { subCategory: string | null };

/** A ticket whose row is locked until the transaction ends. */
export interface LockedTicket {
  ticket: TicketCopy;
  state: TicketState;
}

/** Locks the ticket until the transaction ends. @throws Error when there is no such ticket. */
export const lockTicket = async (em: EntityManager, number: string): Promise<LockedTicket> => {
  const found = await helpdesk(em)
    .selectFrom('helpdesk.ticket')
    .select([
      'number',
      'category',
      'sub_category as subCategory',
      'subject',
      'requester_id as requesterId',
      'requester_name as requesterName',
      'submitted_at as submittedAt',
      'step_names as stepNames',
      'workflow_state as workflowState',
    ])
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Error(`There is no ticket ${number}`);
  const { workflowState, ...ticket } = found;
  return { ticket, state: stateOf(workflowState) };
};

/** The state that was recorded last. @throws when there is no such ticket. */
export const recordedState = async (em: EntityManager, number: string): Promise<TicketState> => {
  const ticket = await em.findOneOrFail(Ticket, { number }, { populate: ['workflowState'] });
  return stateOf(ticket.workflowState);
};

export interface Projection {
  state: TicketState;
  at: Date;
  actor: { id: number; name: string } | null;
  /** The kind of the command that made the change; null: the workflow made it by itself. */
  command: string | null;
  /** The reason of a rejection or withdrawal. */
  reason: string | null;
  /** The assignee, when the ticket is on a step. `isKept`: the same as before, so the name is not written again. */
  assignee: {
    id: number | null;
    name: string | null;
    isKept: boolean;
    roleKey: string;
    roleName: string;
    dueAt: Date;
  } | null;
  progress: { steps: string[]; at: number | null };
  events: TimelineEvent[];
}

/** Entries that the system makes by itself, even during a person's command. */
const bySystem = ['routed', 'unrouted', 'step_entered', 'assigned', 'waiting_for_role', 'resolved'];

/** Writes the next version of a locked ticket, its timeline entries and the command's answer. */
export const projectTicket = async (em: EntityManager, number: string, change: Projection): Promise<void> => {
  const { state, at, actor, command, assignee, progress, reason, events } = change;
  const { status, priority, department, phase, version } = state;
  const entries = events.map(({ kind, ...data }, ordinal) => ({
    ticket_number: number,
    version,
    ordinal,
    at,
    actor_id: bySystem.includes(kind) ? null : (actor?.id ?? null),
    actor_name: bySystem.includes(kind) ? null : (actor?.name ?? null),
    kind,
    data: json<Record<string, unknown>>(data),
  }));
  const answer = actor &&
    command && { ticket_number: number, id: state.changeId, kind: command, actor_id: actor.id, version, status, at };
  // One statement for everything: each round trip makes others wait longer for the ticket's lock.
  let writer: QueryCreator<HelpdeskTables> = helpdesk(em);
  if (entries.length > 0)
    writer = writer.with('entries', (db) => db.insertInto('helpdesk.timeline_entry').values(entries));
  if (answer) writer = writer.with('answer', (db) => db.insertInto('helpdesk.ticket_command').values(answer));
  await writer
    .updateTable('helpdesk.ticket')
    .set({
      workflow_state: json(state),
      version,
      status,
      priority,
      department,
      step_names: json(progress.steps),
      step_index: progress.at,
      ...(assignee?.isKept ? {} : { assignee_id: assignee?.id ?? null, assignee_name: assignee?.name ?? null }),
      role_key: assignee?.roleKey ?? null,
      role_name: assignee?.roleName ?? null,
      due_at: assignee?.dueAt ?? null,
      changed_at: at,
      closes_at: phase.at === 'resolved' ? new Date(phase.closesAt) : null,
      ...(reason === null ? {} : { reason }),
      ...(status === 'resolved' ? { resolved_at: at } : {}),
      ...(phase.at === 'over' ? { closed_at: at } : {}),
    })
    .where('number', '=', number)
    .execute();
};
