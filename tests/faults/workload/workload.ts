import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import type { Random } from '../random.ts';
import { advance } from './advance.ts';
import { listLength } from './journal.ts';
import { type SubmittedTicket, submit } from './submission.ts';

export interface Plan {
  /** Employees who do nothing but submit and look at their tickets. */
  submitters?: number;
  /** So many tickets at once are brought from submission to closing. */
  handled?: number;
  /** Submissions to make at least, however soon the fault is over. */
  tickets?: number;
  /** Submissions a second at most, so that long faults do not make long tails. */
  perSecond?: number;
}

export interface Workload {
  /** Everything that was submitted so far. */
  tickets(): readonly SubmittedTicket[];
  /** Lets what is under way come to its end. */
  finish(): Promise<void>;
}

/** Employees who submit, and everybody who brings tickets on, until somebody calls finish. */
export const startWorkload = (arena: Arena, random: Random, plan: Plan = {}): Workload => {
  const { submitters = 3, handled = 5, tickets: least = 0, perSecond = arena.submissionsPerSecond } = plan;
  const tickets: SubmittedTicket[] = [];
  const started = Date.now();
  let begun = 0;
  let finishing = false;

  const submitNext = async (own: Random): Promise<SubmittedTicket | null> => {
    const ticket = await submit(arena, own);
    if (ticket) tickets.push(ticket);
    return ticket;
  };

  const submitOn = async (own: Random): Promise<void> => {
    while (!finishing || begun < least) {
      const isTooEarly = begun > ((Date.now() - started) / 1_000) * perSecond;
      if (isTooEarly && !finishing) {
        await sleep(20);
        continue;
      }
      begun += 1;
      const ticket = await submitNext(own);
      const path = `/api/helpdesk/tickets?limit=${listLength}`;
      if (ticket) await ticket.requester.ask({ kind: 'list', path, ticket: ticket.number });
    }
  };

  const handleOn = async (own: Random): Promise<void> => {
    while (!finishing) {
      const ticket = await submitNext(own);
      if (ticket) await advance(arena, ticket, own, { stopped: () => finishing });
    }
  };

  const all = Promise.all([
    ...Array.from({ length: submitters }, () => submitOn(random.fork())),
    ...Array.from({ length: handled }, () => handleOn(random.fork())),
  ]);
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
