import { each } from '../../rig/each.ts';
import type { Arena } from '../arena/arena.ts';
import type { Random } from '../random.ts';
import { advance, type Until } from './advance.ts';
import type { Person } from './person.ts';
import { fillIn, type Submission, type SubmittedTicket, sendUntilTaken } from './submission.ts';

// As many people as work at the same time in a small company, and as two cores can serve.
const atOnce = 8;

/** Takes a ticket in while nothing is broken. @throws Error when that fails all the same. */
export const takeIn = async (arena: Arena, random: Random, requester?: Person): Promise<SubmittedTicket> => {
  const submission: Submission = { ...fillIn(arena, random), ...(requester ? { requester } : {}) };
  const ticket = await sendUntilTaken(arena, submission);
  if (!ticket) throw new Error('A ticket was not taken in, although nothing was broken');
  return ticket;
};

/** Numbers of those that have not come to their end. */
export const openOf = async ({ database }: Arena, tickets: readonly SubmittedTicket[]): Promise<string[]> => {
  const { rows } = await database.query<{ number: string }>(
    'select number from helpdesk.ticket where number = any($1) and closed_at is null',
    [tickets.map(({ number }) => number)],
  );
  return rows.map(({ number }) => number);
};

/** New tickets, of which each has come through so many commands, or further where an answer was lost. */
export const ticketsAt = async (
  arena: Arena,
  random: Random,
  commands: readonly number[],
): Promise<SubmittedTicket[]> => {
  const tickets: SubmittedTicket[] = [];
  await each(commands, atOnce, async (done) => {
    const own = random.fork();
    const ticket = await takeIn(arena, own);
    await advance(arena, ticket, own, { commands: done });
    tickets.push(ticket);
  });
  return tickets;
};

/** Brings all these tickets on. */
export const advanceAll = (arena: Arena, tickets: readonly SubmittedTicket[], random: Random, until: Until = {}) =>
  each(tickets, atOnce, (ticket) => advance(arena, ticket, random.fork(), until));
