import { listLength, type Operation } from '../workload/journal.ts';
import type { Facts, Violation } from './facts.ts';

interface Seen {
  number: string;
  from: number;
  by: number;
}

const acknowledgedOf = (operations: readonly Operation[]): Map<string, Seen> => {
  const seen = new Map<string, Seen>();
  for (const { kind, outcome, ticket, ended, by } of operations) {
    if (kind !== 'submit' || outcome !== 'ok' || ticket === null) continue;
    const from = Math.min(ended, seen.get(ticket)?.from ?? Number.POSITIVE_INFINITY);
    seen.set(ticket, { number: ticket, from, by });
  }
  return seen;
};

/** Not on its owner’s list, although no more than the list shows could have come after it. */
const isMissingIn = (list: Operation, ticket: Seen, operations: readonly Operation[]): boolean => {
  const { listed, by, started, ended } = list;
  if (listed === undefined || by !== ticket.by || started <= ticket.from || listed.includes(ticket.number))
    return false;
  const later = operations.filter(
    (other) => other.kind === 'submit' && other.by === by && other.ended >= ticket.from && other.started <= ended,
  );
  return listed.length < listLength || later.length < listLength;
};

/** K7: no answer broke a promise, and a ticket that was acknowledged was never unseen afterwards. */
export const checkAnswers = (facts: Facts): Violation[] => {
  const { operations } = facts;
  const known = acknowledgedOf(operations);
  const unseen = operations.filter(
    ({ kind, status, ticket, started }) =>
      kind === 'read' && status === 404 && started > (known.get(ticket ?? '')?.from ?? Number.POSITIVE_INFINITY),
  );
  const unlisted = operations.filter((list) => {
    const ticket = known.get(list.ticket ?? '');
    return list.kind === 'list' && ticket !== undefined && isMissingIn(list, ticket, operations);
  });
  return [
    ...facts.breaches,
    ...unseen.map(({ ticket }) => `${ticket} was acknowledged and then not found`),
    ...unlisted.map(({ ticket }) => `${ticket} was acknowledged and then not on its owner’s list`),
  ].map((what) => ({ rule: 'K7', what }));
};
