import type { Operation } from '../workload/journal.ts';
import type { Facts, Violation } from './facts.ts';

const seenFrom = (operations: readonly Operation[]): Map<string, number> => {
  const from = new Map<string, number>();
  for (const { kind, outcome, ticket, ended } of operations) {
    if (kind !== 'submit' || outcome !== 'ok' || ticket === null) continue;
    from.set(ticket, Math.min(ended, from.get(ticket) ?? Number.POSITIVE_INFINITY));
  }
  return from;
};

/** K7: no answer broke a promise, and a ticket that was acknowledged was never unseen afterwards. */
export const checkAnswers = (facts: Facts): Violation[] => {
  const from = seenFrom(facts.operations);
  const unseen = facts.operations.filter(
    ({ kind, status, ticket, started }) =>
      kind === 'read' && status === 404 && ticket !== null && started > (from.get(ticket) ?? Number.POSITIVE_INFINITY),
  );
  return [...facts.breaches, ...unseen.map(({ ticket }) => `${ticket} was acknowledged and then not found`)].map(
    (what) => ({ rule: 'K7', what }),
  );
};
