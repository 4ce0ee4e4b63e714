import type { EntityManager } from '@mikro-orm/postgresql';
import { loadSessionUser } from '../../api/auth/session-user.ts';
import { requireAuthority } from '../../api/commands/authority.ts';
import { type LockedTicket, lockTicket, projectTicket } from '../../api/helpdesk/projection.service.ts';
import { noteText } from '../../api/messaging/notes.service.ts';
import { notify } from '../../api/notification/notifications.service.ts';
import { chooseNext, lockRotation, type Member, memberOf } from '../../api/tracking/assign.service.ts';
import { pinnedDefinition } from '../../api/tracking/definitions.service.ts';
import {
  type NewAssignee,
  projectedTask,
  readTaskFor,
  type TaskChange,
} from '../../api/tracking/task-projection.service.ts';
import { writeTask } from '../../api/tracking/task-writing.service.ts';
import { requesterMayAct } from '../../workflows/ticket/rules/authority.ts';
import type { Definition } from '../../workflows/ticket/rules/definition.ts';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { notificationsOf } from './notifications.ts';
import type { ChangeFacts, RecordedChange } from './recorded-change.ts';
import { timelineOf } from './timeline.ts';

/**
 * Records a change in the transaction of `em`: lock, read, decide, write. Every caller locks the ticket first and the role's
 * rotation second, so that they cannot deadlock.
 */
export const recordChange = async (em: EntityManager, change: RecordedChange): Promise<TicketState> => {
  const { number, state: next } = change;
  const locked = await lockTicket(em, number);
  if (locked.state.version >= next.version) return locked.state;
  // An older backup was restored. The reconciler fills the gap; then a retry succeeds.
  if (locked.state.version + 1 < next.version)
    throw new Error(
      `${number} is at version ${locked.state.version} in the database, so version ${next.version} cannot follow. The reconciler fills the gap.`,
    );
  const role = roleToLock(change);
  if (role !== null) await lockRotation(em, role);
  const { actor, note } = await senderOf(em, change, locked);
  const facts = await projected(em, change, locked, { actor, note, role });
  const at = new Date(change.at);
  await notify(em, notificationsOf(facts, at), actor && { userId: actor.id, ticket: number, at });
  return facts.state;
};

const isTaken = ({ events }: RecordedChange): boolean => events.some((event) => event.kind === 'taken');

/**
 * The role whose rotation is locked while the change is written, because somebody is chosen from it or takes the step.
 * Anybody who leaves the role after that is found as the step's assignee, and it goes to somebody else.
 */
const roleToLock = (change: RecordedChange): string | null => {
  const { phase } = change.state;
  if (phase.at !== 'step') return null;
  return phase.assigneeId === null || isTaken(change) ? phase.roleKey : null;
};

/** The sender of the command, checked again, and the note's text. @throws AppError `forbidden`, `not_allowed`. */
const senderOf = async (em: EntityManager, { number, by }: RecordedChange, { ticket, state }: LockedTicket) => {
  if (by === null) return { actor: null, note: null };
  const definition = by.actorId === ticket.requesterId ? await pinnedDefinition(em, state.workflowVersionId) : null;
  const target = { facts: ticket, state, definition };
  const actor = requireAuthority(by.kind, await loadSessionUser(em, by.actorId), target);
  const note =
    by.noteId === null ? null : await noteText(em, { id: by.noteId, ticketNumber: number, authorId: by.actorId });
  return { actor, note };
};

interface Parts {
  actor: Member | null;
  note: string | null;
  role: string | null;
}

/** Writes ticket, task and timeline entries. */
const projected = async (
  em: EntityManager,
  change: RecordedChange,
  { ticket, state: before }: LockedTicket,
  { actor, note, role }: Parts,
): Promise<ChangeFacts> => {
  const { events, notify: intents } = change;
  const at = new Date(change.at);
  const stored = concernsDesk(before, change.state) ? await readTaskFor(em, ticket.number, change.state) : null;
  const newAssignee =
    role === null
      ? undefined
      : isTaken(change)
        ? heldBy(actor)
        : await chosenFor(em, { role, ticket, state: change.state, definition: stored?.definition ?? null });
  const taskChange: TaskChange = { copy: ticket, next: change.state, events, newAssignee, at };
  const task = stored && projectedTask(stored, taskChange);
  const state = task?.state ?? change.state;
  const facts: ChangeFacts = { ticket, before, state, events, notify: intents, actor, note, task };
  await projectTicket(em, ticket.number, {
    state,
    at,
    actor,
    command: change.by?.kind ?? null,
    reason: state.status === 'rejected' || state.status === 'withdrawn' ? note : null,
    assignee: assigneeOf(facts),
    progress: task?.progress ?? { steps: ticket.stepNames, at: null },
    events: timelineOf(facts),
  });
  if (task) await writeTask(em, taskChange, task);
  return facts;
};

const heldBy = (assignee: Member | null): NewAssignee => ({ assignee, onlyRequester: false });

interface Chosen {
  role: string;
  ticket: LockedTicket['ticket'];
  state: TicketState;
  definition: Definition | null;
}

/** The next member in rotation who may have the step. When that is nobody, says whether only the requester has the role. */
const chosenFor = async (em: EntityManager, { role, ticket, state, definition }: Chosen): Promise<NewAssignee> => {
  const barred = requesterMayAct(state, definition) ? null : ticket.requesterId;
  const assignee = await chooseNext(em, role, barred);
  const onlyRequester = assignee === null && barred !== null && (await memberOf(em, role, barred)) !== null;
  return { assignee, onlyRequester };
};

// A ticket that was never opened has no task.
const concernsDesk = (before: TicketState, after: TicketState): boolean =>
  before.phase.at !== 'review' || after.status === 'open';

const assigneeOf = ({ state: { phase }, task }: ChangeFacts) =>
  phase.at === 'step'
    ? {
        id: task?.assignee?.id ?? null,
        name: task?.assignee?.name ?? null,
        isKept: task?.isKept ?? false,
        roleKey: phase.roleKey,
        roleName: task?.roleName ?? readableRole(phase.roleKey),
        dueAt: new Date(phase.dueAt),
      }
    : null;
