import type { Arena } from '../arena/arena.ts';
import type { Random } from '../random.ts';
import { type LivingTicket, live, submit } from './life.ts';

export interface Plan {
  /** People at work at the same time. */
  clients?: number;
  /** Tickets to submit at least; the work goes on until it is stopped. */
  tickets?: number;
  /** Share of the tickets that are brought through their whole lives. */
  lives?: number;
  /** Submissions a second at most, so that short faults do not make long tails. */
  perSecond?: number;
}

export interface Workload {
  /** Everything that was submitted so far. */
  tickets(): readonly LivingTicket[];
  /** Lets what is under way come to its end. */
  finish(): Promise<void>;
}

let turn = 0;

/** Employees who submit, and everybody who brings the tickets on, until it is told to finish. */
export const startWorkload = (arena: Arena, random: Random, plan: Plan = {}): Workload => {
  const { clients = 8, tickets: least = 0, lives = 0.3, perSecond = 8 } = plan;
  const tickets: LivingTicket[] = [];
  const started = Date.now();
  let begun = 0;
  let finishing = false;

  const mayBegin = (): boolean => begun < ((Date.now() - started) / 1_000) * perSecond + 1;

  const work = async (own: Random): Promise<void> => {
    while (!finishing || begun < least) {
      if (!mayBegin()) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      begun += 1;
      turn += 1;
      const ticket = await submit(arena, own, turn);
      if (!ticket) continue;
      tickets.push(ticket);
      if (own.next() < lives) await live(arena, ticket, own);
      else await ticket.requester.ask({ kind: 'list', path: '/api/helpdesk/tickets?limit=5', ticket: ticket.number });
    }
  };

  const all = Promise.all(Array.from({ length: clients }, () => work(random.fork())));
  // Whoever finishes hears of a failure; until then it must not end the process.
  all.catch(() => undefined);
  return {
    tickets: () => tickets,
    async finish() {
      finishing = true;
      await all;
    },
  };
};

/** Runs the workload while something is done to the product. */
export const during = async <Result>(
  arena: Arena,
  random: Random,
  plan: Plan,
  work: (workload: Workload) => Promise<Result>,
): Promise<Result> => {
  const workload = startWorkload(arena, random, plan);
  try {
    return await work(workload);
  } finally {
    await workload.finish();
  }
};
