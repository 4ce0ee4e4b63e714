import type { EntityManager } from '@mikro-orm/postgresql';
import { findCommander, type Target } from '../api/commander.ts';
import type { Context } from '../api/context.ts';
import { lockTicket, projectTicket, recordedState } from '../api/helpdesk/project.service.ts';
import type { Ticket } from '../api/helpdesk/ticket.entity.ts';
import { remarkText } from '../api/messaging/remarks.service.ts';
import { tell } from '../api/notification/notices.service.ts';
import { type Member, needsAssignee } from '../api/tracking/assign.service.ts';
import { findWorkflow, pinnedVersion } from '../api/tracking/definitions.service.ts';
import { type Followed, followTicket, type TicketCopy } from '../api/tracking/follow.service.ts';
import type { Order } from '../workflows/ticket/commands.ts';
import type { Pinned, StoryEvent } from '../workflows/ticket/lifecycle.ts';
import type { TicketState } from '../workflows/ticket/state.ts';
import { withTypedRefusals } from './refusal.ts';
import { noticesOf } from './ticket-notices.ts';
import { timelineOf } from './ticket-timeline.ts';

export interface RecordedChange {
  number: string;
  /** The state after the change; the assignee of a step that is entered is chosen here. */
  state: TicketState;
  story: StoryEvent[];
  /** Null: the flow itself, by a timer or because members changed. */
  by: Order | null;
  /** Milliseconds since 1970, by the flow's clock. */
  at: number;
}

const writeChange = async (em: EntityManager, change: RecordedChange): Promise<TicketState> => {
  const { ticket, state: before } = await lockTicket(em, change.number);
  if (before.version >= change.state.version) return before;
  const { story } = change;
  const at = new Date(change.at);
  const { actor, remark } = await partsOf(em, change, { requesterId: ticket.requesterId, phase: before.phase });
  const task = opensOrFollows(before, change.state)
    ? await followTicket(em, copyOf(ticket), change.state, story, actor, at)
    : null;
  const state = task?.state ?? change.state;
  const told = { ticket, before, state, story, actor, remark, task };
  projectTicket(em, ticket, {
    state,
    at,
    actor,
    reason: state.status === 'rejected' || state.status === 'withdrawn' ? remark : null,
    holder: holderOf(state, task),
    track: task?.track ?? { steps: ticket.trackSteps, at: null },
    events: timelineOf(told),
  });
  await tell(em, noticesOf(told, at));
  return state;
};

interface Parts {
  actor: Member | null;
  remark: string | null;
}

/** Who gives the command, and what is said with it. */
const partsOf = async (em: EntityManager, { number, by }: RecordedChange, target: Target): Promise<Parts> => {
  if (by === null) return { actor: null, remark: null };
  const { actorId, remarkId } = by;
  const actor = await findCommander(em, by, target);
  if (remarkId === null) return { actor, remark: null };
  return { actor, remark: await remarkText(em, { id: remarkId, ticketNumber: number, authorId: actorId }) };
};

/** What a ticket's flow does to the world: everything it does is a change of PostgreSQL, in one transaction each. */
export const createTicketActivities = ({ orm }: Pick<Context, 'orm'>) => ({
  /**
   * Writes a change to ticket, task, timeline, notices and outbox at once, and answers the state that stands. Run twice
   * it writes once; when another change has taken the version before, it writes nothing and answers that one's state.
   * @throws ApplicationFailure `forbidden` or `not_allowed` for a command that must not be carried out.
   */
  recordChange: (change: RecordedChange): Promise<TicketState> =>
    withTypedRefusals(orm.em.fork().transactional((em) => writeChange(em, change))),

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
    needsAssignee(orm.em.fork(), role, assigneeId),
});
export type TicketActivities = ReturnType<typeof createTicketActivities>;

const copyOf = (ticket: Ticket): TicketCopy => ({
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

const holderOf = ({ phase }: TicketState, task: Followed | null) =>
  phase.at === 'step' ? { name: task?.assignee?.name ?? null, role: phase.role, dueAt: new Date(phase.dueAt) } : null;
