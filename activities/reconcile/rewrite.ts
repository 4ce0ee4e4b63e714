import type { EntityManager } from '@mikro-orm/postgresql';
import { namesAt } from '../../api/auth/people.service.ts';
import { sendWith } from '../../api/db/prepared.ts';
import { ask, askTogether, writeTogether } from '../../api/db/statements.ts';
import { foundTicket, heldTicket, ticketWith } from '../../api/helpdesk/projection.service.ts';
import { noteOf } from '../../api/messaging/notes.service.ts';
import type { Member } from '../../api/tracking/assign.service.ts';
import { askedOfDesk } from '../../api/tracking/task-projection.service.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { follow } from '../ticket/ticket.activities.ts';
import type { RetoldChange } from './retell.ts';

const lostText = 'What was said here was lost with the database and could not be brought back.';

// The workflow's clock and that of PostgreSQL may differ by a little.
const tolerance = 60_000;

/**
 * Writes a change that PostgreSQL has lost a second time, with the assignee who was chosen then. Nobody is told: they
 * were told then. A row that has it by now stays as it is.
 */
export const rewriteChange = async (em: EntityManager, number: string, change: RetoldChange): Promise<void> => {
  const sender = sendWith(em);
  await ask(em, heldTicket(number));
  const locked = foundTicket(em, number, await ask(em, ticketWith(em, number)));
  if (locked.state.version >= change.state.version) return;
  const { actorId, noteId } = change;
  const until = new Date(change.at + tolerance);
  const assigneeId = assigneeOf(change.state);
  const names = await namesAt(em, [actorId ?? [], assigneeId ?? []].flat(), until);
  const memberOf = (id: number | null): Member | null =>
    id === null ? null : { id, name: names.get(id) ?? `User ${id}` };
  const said = noteId !== null && actorId !== null;
  const text = said ? await noteOf(em, { id: noteId, ticketNumber: number, authorId: actorId }, until) : null;
  const note = said ? (text ?? lostText) : null;
  const parts = { actor: memberOf(actorId), note, chosen: memberOf(assigneeId) };
  const unchosen = { ...change, state: withoutAssignee(change.state) };
  const desk = await askTogether(sender, askedOfDesk(number, unchosen.state));
  const { writes } = follow(em, locked, unchosen, parts, desk);
  await writeTogether(sender, writes);
};

const assigneeOf = ({ phase }: TicketState): number | null => (phase.at === 'step' ? phase.assigneeId : null);

// So that the choice is left to whoever writes it.
const withoutAssignee = (state: TicketState): TicketState =>
  state.phase.at === 'step' ? { ...state, phase: { ...state.phase, assigneeId: null } } : state;
