import { acknowledged, attempted, originFrom } from '../workload/journal.ts';
import type { Facts, TicketFact, Violation } from './facts.ts';

/** What became of the submissions, in the words of those who test queues. */
export interface Count {
  /** Acknowledged, and not there. */
  lost: number;
  /** There more than once. */
  doubled: number;
  /** There, and nobody sent it. */
  unexpected: number;
  /** There, although its sender got no answer. */
  recovered: number;
}

const violation = (what: string): Violation => ({ rule: 'K1', what });

// A form without our words in it is known by its key. Who sent it is part of it: two may use the same key.
const originOf = ({ requesterId, reference, key }: TicketFact): string => originFrom(requesterId, reference ?? key);

/** K1: each submission that was acknowledged is one ticket, and each ticket has one workflow. */
export const checkOnce = (facts: Facts): { count: Count; violations: Violation[] } => {
  const acked = acknowledged(facts.operations);
  const tried = attempted(facts.operations);
  const origins = new Map(facts.tickets.map((ticket) => [ticket.number, originOf(ticket)]));
  const present = Map.groupBy(facts.tickets, originOf);

  const lost = [...acked].filter(([origin, numbers]) => [...numbers].some((number) => origins.get(number) !== origin));
  const answeredTwice = [...acked].filter(([, numbers]) => numbers.size > 1);
  const doubled = [...present].filter(([, tickets]) => tickets.length > 1);
  const unexpected = [...present.keys()].filter((origin) => !tried.has(origin));
  const recovered = [...present.keys()].filter((origin) => tried.has(origin) && !acked.has(origin));
  const withoutWorkflow = facts.tickets.filter(
    ({ number, state }) =>
      (facts.workflows.get(number)?.status ?? 'MISSING') === 'MISSING' &&
      !(facts.wipes > 0 && state?.phase.at === 'over'),
  );
  return {
    count: {
      lost: lost.length,
      doubled: doubled.length + answeredTwice.length,
      unexpected: unexpected.length,
      recovered: recovered.length,
    },
    violations: [
      ...lost.map(([origin, numbers]) => violation(`${[...numbers]} was acknowledged for ${origin} and is lost`)),
      ...answeredTwice.map(([origin, numbers]) => violation(`${origin} was answered ${[...numbers].join(' and ')}`)),
      ...doubled.map(([origin, tickets]) => violation(`${origin} is there as ${tickets.map(({ number }) => number)}`)),
      ...unexpected.map((origin) => violation(`${origin} is there, and that was not sent`)),
      ...withoutWorkflow.map(({ number }) => violation(`${number} has no workflow`)),
      ...facts.strayWorkflows.map((id) => violation(`the workflow ${id} runs beside the tickets that are there`)),
      ...facts.waiting.map((id) => violation(`${id} still waits in the outbox`)),
    ],
  };
};
