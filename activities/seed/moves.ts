import { heartbeat } from '@temporalio/activity';
import { createSendCommand } from '../../api/commands/send-command.ts';
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

// Each move of a person writes exactly one of these timeline entries, so that their count says how far a ticket has come.
const entriesOfMoves = ['opened', 'refused', 'step_done', 'withdrawn', 'closed'];

const assigneeOf = ({ phase }: TicketState): number => {
  if (phase.at !== 'step') throw new Error('A ticket that somebody acts on must be on a step');
  if (phase.assigneeId === null) throw seedFirst(`Nobody has the role ${phase.role}`, 'tts');
  return phase.assigneeId;
};

/** Whether the ticket stands where this move begins. Real people may have taken it elsewhere since it was seeded. */
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

/** What the proper person sends, and what is said with it. */
const commandOf = (move: Move, { seed, coordinatorId, requesterId, state }: Movable) => {
  const { version } = state;
  const { priority, department } = seed;
  switch (move.kind) {
    case 'open':
      return [{ kind: 'open', version, actorId: coordinatorId, priority, department }, undefined] as const;
    case 'reject':
      return [{ kind: 'reject', version, actorId: coordinatorId }, seed.noteOf('reject')] as const;
    case 'withdraw':
      return [{ kind: 'withdraw', version, actorId: requesterId }, seed.noteOf('withdraw')] as const;
    case 'close':
      return [{ kind: 'close', version, actorId: requesterId }, undefined] as const;
    case 'act': {
      const { transition, note } = move;
      return [{ kind: 'act', version, actorId: assigneeOf(state), transition }, seed.noteOf(note)] as const;
    }
  }
};

/** Moves tickets as the pages do: by commands to their workflows. */
export const createMover = (context: Pick<Context, 'orm' | 'temporal'>) => {
  const { orm } = context;
  const send = createSendCommand(context);
  return {
    /** Goes on where an earlier try, or an earlier seeding, has left off. */
    async move(number: string, seed: TicketSeed, coordinatorId: number): Promise<void> {
      const em = orm.em.fork();
      const { requesterId } = await em.findOneOrFail(Ticket, { number });
      const done = await em.count(TimelineEntryRow, { ticketNumber: number, kind: entriesOfMoves });
      for (const move of movesOf[seed.fate].slice(done)) {
        const state = await recordedState(orm.em.fork(), number);
        if (!fits(move, state)) return;
        const [command, text] = commandOf(move, { seed, coordinatorId, requesterId, state });
        await send(orm.em.fork(), number, command, text);
        heartbeat(number);
      }
    },
  };
};
