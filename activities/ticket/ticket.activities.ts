import type { EntityManager } from '@mikro-orm/postgresql';
import { admitCommander, commanderOf, turnOfTaker } from '../../api/commands/authority.ts';
import { createLine } from '../../api/commands/in-line.ts';
import type { Context } from '../../api/context.ts';
import type { Write } from '../../api/db/statements.ts';
import { carryOut } from '../../api/db/transaction.ts';
import {
  foundTicket,
  heldTicket,
  type KeptTicket,
  type LockedTicket,
  projectionOf,
  recordedState,
  ticketWith,
} from '../../api/helpdesk/projection.service.ts';
import { foundNote, noteWith } from '../../api/messaging/notes.service.ts';
import { notificationWrites } from '../../api/notification/notifications.service.ts';
import {
  beginTurns,
  chooseInTurn,
  chosenMember,
  heldTurnOf,
  type Member,
  needsAssignee,
} from '../../api/tracking/assign.service.ts';
import { findWorkflow, pinnedVersion } from '../../api/tracking/definitions.service.ts';
import {
  askedOfDesk,
  type DeskAnswers,
  type Followed,
  followTicket,
  roleToChooseFrom,
  type TicketCopy,
} from '../../api/tracking/task-projection.service.ts';
import type { Order } from '../../workflows/ticket/rules/commands.ts';
import type { Pinned, TicketEvent } from '../../workflows/ticket/rules/lifecycle.ts';
import { readableRole, roleKeyOf } from '../../workflows/ticket/rules/role-key.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { notificationsOf } from './notifications.ts';
import { withTypedRefusals } from './refusal.ts';
import { timelineOf } from './timeline.ts';
import type { Told } from './told.ts';

export interface RecordedChange {
  number: string;
  /** The state after the change; the assignee of a step that is entered is chosen here. */
  state: TicketState;
  story: TicketEvent[];
  /** Null: the workflow itself, by a timer or because members changed. */
  by: Order | null;
  /** Milliseconds since 1970, by the workflow's clock. */
  at: number;
}

/** The role whose turn a change holds while it is written, and whether somebody is chosen from it. */
const turnOf = ({ state, story, by }: RecordedChange) => {
  const chooseFrom = roleToChooseFrom(state, story);
  return { chooseFrom, turn: chooseFrom ?? turnOfTaker(by, state) };
};

const writeChange = async (
  em: EntityManager,
  change: RecordedChange,
  { chooseFrom, turn }: ReturnType<typeof turnOf>,
): Promise<TicketState> => {
  const { number, state: next, by } = change;
  const stored = await carryOut(em, {
    locks: { ticket: heldTicket(number), turn: heldTurnOf(turn) },
    given: [chooseInTurn(chooseFrom)],
    asked: {
      tickets: ticketWith(em, number),
      users: commanderOf(em, by),
      notes: noteWith(number, by),
      chosen: chosenMember,
      ...askedOfDesk(number, next),
    },
    decide: (held, { tickets, users, notes, chosen, ...desk }) => {
      const ticket = foundTicket(em, number, tickets);
      const { state } = ticket;
      if (state.version >= next.version) return { result: state, writes: [] };
      // The database was put back to an older backup: the reconciler fills the gap, and then this try succeeds.
      if (state.version + 1 < next.version)
        throw new Error(`${number} has lost what lies between versions ${state.version} and ${next.version}`);
      if (turn !== null && held.turn.length === 0) return { result: null, writes: [] };
      const target = { requesterId: ticket.ticket.requesterId, phase: state.phase };
      const actor = by && admitCommander(by, target, users);
      const note = by === null || by.noteId === null ? null : foundNote(notes);
      const { told, writes } = follow(em, ticket, change, { actor, note, chosen: chosen[0] ?? null }, desk);
      return {
        result: told.state,
        writes: [...writes, ...notificationWrites(notificationsOf(told, new Date(change.at)))],
      };
    },
  });
  if (stored !== null) return stored;
  await beginTurns(em, turn ?? '');
  return writeChange(em, change, { chooseFrom, turn });
};

/** What follows from a change, and what brings ticket, task and timeline to its version. It tells nobody. */
export const follow = (
  em: EntityManager,
  { ticket, state: before }: LockedTicket,
  change: Pick<RecordedChange, 'state' | 'story' | 'at'>,
  { actor, note, chosen }: Parts,
  desk: DeskAnswers,
): { told: Told; writes: Write[] } => {
  const { story } = change;
  const at = new Date(change.at);
  const task = opensOrFollows(before, change.state)
    ? followTicket(em, { copy: copyOf(ticket), next: change.state, story, actor, chosen, at }, desk)
    : null;
  const state = task?.state ?? change.state;
  const told = { ticket, before, state, story, actor, note, task };
  const projection = projectionOf(em, ticket.number, {
    state,
    at,
    actor,
    reason: state.status === 'rejected' || state.status === 'withdrawn' ? note : null,
    assignee: assigneeOf(state, task),
    progress: task?.progress ?? { steps: ticket.stepNames, at: null },
    events: timelineOf(told),
  });
  return { told, writes: [...projection, ...(task?.writes ?? [])] };
};

/** Who gives the command, what is said with it, and who gets the step when somebody must be chosen. */
interface Parts {
  actor: Member | null;
  note: string | null;
  chosen: Member | null;
}

/** How long a change waits here for others of its role, in milliseconds, before it is tried again. */
const patience = 4_000;

/** What a ticket's workflow does to the world: everything it does is a change of PostgreSQL, in one transaction each. */
export const createTicketActivities = ({ orm }: Pick<Context, 'orm'>) => {
  // PostgreSQL gives one of them the turn at a time. Who waits there holds a connection, and costs both sides more.
  const inTurn = createLine(patience);
  const inItsTurn = (change: RecordedChange): Promise<TicketState> => {
    const turns = turnOf(change);
    const write = () => writeChange(orm.em.fork(), change, turns);
    return turns.turn === null ? write() : inTurn(turns.turn, write);
  };
  return {
    /**
     * Writes a change to ticket, task, timeline, notifications and outbox at once, and answers the state that stands. Run twice
     * it writes once; when another change has taken the version before, it writes nothing and answers that one's state.
     * @throws ApplicationFailure `forbidden` or `not_allowed` for a command that must not be carried out.
     */
    recordChange: (change: RecordedChange): Promise<TicketState> => withTypedRefusals(inItsTurn(withRoleKey(change))),

    /** What was recorded last for this ticket. */
    currentState: (number: string): Promise<TicketState> => recordedState(orm.em.fork(), number),

    /** The published definition that fits best; null when none does. */
    findWorkflow: (wanted: {
      category: string;
      subCategory: string | null;
      department: string;
    }): Promise<Pinned | null> => findWorkflow(orm.em.fork(), wanted),

    /** @throws ApplicationFailure `not_allowed` when there is no such version. */
    pinnedVersion: (workflowVersionId: number): Promise<Pinned> =>
      withTypedRefusals(pinnedVersion(orm.em.fork(), workflowVersionId)),

    /** Whether the step is in the wrong hands, or in none although somebody could take it. */
    needsAssignee: ({ role, assigneeId }: { role: string; assigneeId: number | null }): Promise<boolean> =>
      needsAssignee(orm.em.fork(), roleKeyOf(role), assigneeId),
  };
};
export type TicketActivities = ReturnType<typeof createTicketActivities>;

// A workflow that has run since before roles had keys names them, until it has taken up a state from here.
const withRoleKey = (change: RecordedChange): RecordedChange => {
  const { phase } = change.state;
  if (phase.at !== 'step') return change;
  return { ...change, state: { ...change.state, phase: { ...phase, role: roleKeyOf(phase.role) } } };
};

const copyOf = (ticket: KeptTicket): TicketCopy => ({
  number: ticket.number,
  category: ticket.category,
  subCategory: ticket.subCategory ?? null,
  subject: ticket.subject,
  requesterId: ticket.requesterId,
  requesterName: ticket.requesterName,
  submittedAt: ticket.submittedAt,
});

// A ticket that was never opened is none of the desk's business.
const opensOrFollows = (before: TicketState, after: TicketState): boolean =>
  before.phase.at !== 'review' || after.status === 'open';

const assigneeOf = ({ phase }: TicketState, task: Followed | null) =>
  phase.at === 'step'
    ? {
        id: task?.assignee?.id ?? null,
        name: task?.assignee?.name ?? null,
        roleKey: phase.role,
        roleName: task?.roleName ?? readableRole(phase.role),
        dueAt: new Date(phase.dueAt),
      }
    : null;
