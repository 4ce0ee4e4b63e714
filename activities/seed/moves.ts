import { heartbeat } from '@temporalio/activity';
import { loadSessionUser } from '../../api/auth/session-user.ts';
import { createSendCommand, type SentCommand } from '../../api/commands/send-command.ts';
import type { Context } from '../../api/context.ts';
import type { Person } from '../../api/helpdesk/person.entity.ts';
import { recordedState } from '../../api/helpdesk/projection.service.ts';
import { Ticket, TimelineEntryRow } from '../../api/helpdesk/ticket.entity.ts';
import { type Move, movesOf } from '../../seeds/fates.ts';
import type { TicketSeed } from '../../seeds/tickets.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { seedFirst } from './failures.ts';

export interface People {
  employees: Person[];
  coordinators: Person[];
}

interface Movable {
  seed: TicketSeed;
  coordinatorId: number;
  requesterId: number;
  state: TicketState;
}

// Each move writes exactly one of these timeline entries, so their number says how far a ticket has come.
const entriesOfMoves = ['opened', 'refused', 'step_done', 'withdrawn', 'closed'];

const assigneeOf = ({ phase }: TicketState): number => {
  if (phase.at !== 'step') throw new Error('A seeded move acts on a ticket that is on no step');
  if (phase.assigneeId === null) throw seedFirst(`Nobody has the role ${phase.roleKey}`, 'tts');
  return phase.assigneeId;
};

/** Whether the ticket is where this move starts. People may have moved it since it was seeded. */
const fits = (move: Move, { phase }: TicketState): boolean => {
  switch (move.kind) {
    case 'open':
    case 'reject':
      return phase.at === 'review';
    case 'withdraw':
      return phase.at !== 'resolved' && phase.at !== 'over';
    case 'close':
      return phase.at === 'resolved';
    case 'act':
      return phase.at === 'step' && phase.step === move.step;
  }
};

/** The sender of a move's command, its input, and the name of the note in the seed. */
const senderOf = (
  move: Move,
  { seed, coordinatorId, requesterId, state }: Movable,
): Pick<SentCommand, 'input' | 'note'> & { userId: number } => {
  const { priority, department } = seed;
  switch (move.kind) {
    case 'open':
      return { userId: coordinatorId, input: { priority, department }, note: null };
    case 'reject':
      return { userId: coordinatorId, input: {}, note: seed.noteOf('reject') };
    case 'withdraw':
      return { userId: requesterId, input: {}, note: seed.noteOf('withdraw') };
    case 'close':
      return { userId: requesterId, input: {}, note: null };
    case 'act':
      return { userId: assigneeOf(state), input: { transition: move.transition }, note: seed.noteOf(move.note) };
  }
};

/** Moves tickets as the pages do, by sending commands. */
export const createMover = (context: Pick<Context, 'orm' | 'temporal'>) => {
  const { orm } = context;
  const send = createSendCommand(context);
  return {
    /** Continues where an earlier try or seeding stopped. */
    async move(number: string, seed: TicketSeed, coordinatorId: number): Promise<void> {
      const em = orm.em.fork();
      const { requesterId } = await em.findOneOrFail(Ticket, { number });
      const done = await em.count(TimelineEntryRow, { ticketNumber: number, kind: entriesOfMoves });
      for (const move of movesOf[seed.fate].slice(done)) {
        const state = await recordedState(orm.em.fork(), number);
        if (!fits(move, state)) return;
        const { userId, ...command } = senderOf(move, { seed, coordinatorId, requesterId, state });
        const user = await loadSessionUser(orm.em.fork(), userId);
        if (!user) throw seedFirst(`User ${userId} may not sign in any more`, 'hdts-employees');
        const { version } = state;
        // The key makes a retry of this activity send the same command.
        const key = `seed-${move.kind}-v${version}`;
        await send(orm.em.fork(), number, user, { kind: move.kind, version, key, ...command });
        heartbeat(number);
      }
    },
  };
};
