import { acknowledged, attempted } from '../workload/journal.ts';
import type { Facts, Violation } from './facts.ts';

/** What became of the submissions, in the words of those who test queues. */
export interface Count {
  /** Acknowledged, and not there. */
  lost: number;
  /** There more than once. */
  doubled: number;
  /** There, and nobody sent it. */
  unexpected: number;
  /** There, although nobody was told so. */
  recovered: number;
}

const violation = (what: string): Violation => ({ rule: 'K1', what });

const groupedBy = <Item>(items: readonly Item[], key: (item: Item) => string | null): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
};

/** K1: each submission that was acknowledged is one ticket, and each ticket has one flow. */
export const checkOnce = (facts: Facts): { count: Count; violations: Violation[] } => {
  const acked = acknowledged(facts.operations);
  const tried = attempted(facts.operations);
  const byNumber = new Map(facts.tickets.map((ticket) => [ticket.number, ticket]));
  const byReference = groupedBy(facts.tickets, ({ reference }) => reference);

  const lost = [...acked].filter(([key, numbers]) =>
    [...numbers].some((number) => byNumber.get(number)?.reference !== key),
  );
  const toldTwice = [...acked].filter(([, numbers]) => numbers.size > 1);
  const doubled = [...byReference].filter(([, tickets]) => tickets.length > 1);
  const unexpected = [...byReference.keys()].filter((key) => !tried.has(key));
  const recovered = [...byReference.keys()].filter((key) => tried.has(key) && !acked.has(key));
  const flowless = facts.tickets.filter(({ number }) => (facts.flows.get(number)?.status ?? 'MISSING') === 'MISSING');
  return {
    count: {
      lost: lost.length,
      doubled: doubled.length + toldTwice.length,
      unexpected: unexpected.length,
      recovered: recovered.length,
    },
    violations: [
      ...lost.map(([key, numbers]) => violation(`${[...numbers]} was acknowledged for ${key} and is lost`)),
      ...toldTwice.map(([key, numbers]) => violation(`${key} was told ${[...numbers].join(' and ')}`)),
      ...doubled.map(([key, tickets]) => violation(`${key} is there as ${tickets.map(({ number }) => number)}`)),
      ...unexpected.map((key) => violation(`Nobody sent ${key}, which is there`)),
      ...flowless.map(({ number }) => violation(`${number} has no flow`)),
      ...facts.waiting.map((id) => violation(`${id} still waits in the outbox`)),
    ],
  };
};
