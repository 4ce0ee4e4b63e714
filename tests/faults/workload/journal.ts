/** What became of an operation: it was done, it was refused, or nobody knows. */
export type Outcome = 'ok' | 'refused' | 'unknown';

export interface Operation {
  kind: 'submit' | 'command' | 'list' | 'read';
  /** Id of the user who did it. */
  by: number;
  /** The Idempotency-Key of a submission or command. */
  key: string | null;
  ticket: string | null;
  /** What a command wanted: `open`, `close`, or the transition. */
  command: string | null;
  started: number;
  ended: number;
  outcome: Outcome;
  /** Null: no answer came. */
  status: number | null;
  /** The ticket's version after a command that was done. */
  version: number | null;
  /** Of a list of one's own tickets, newest first: their numbers. */
  listed?: readonly string[] | undefined;
}

/** Every operation that the workload sent, and every answer that breaks a promise. */
export interface Journal {
  operations: readonly Operation[];
  breaches: readonly string[];
  note(operation: Operation): void;
  breach(what: string): void;
}

export const createJournal = (): Journal => {
  const operations: Operation[] = [];
  const breaches: string[] = [];
  return {
    operations,
    breaches,
    note: (operation) => void operations.push(operation),
    breach: (what) => void breaches.push(what),
  };
};

/** Names a submission: the same key of two people is two submissions. */
export const originFrom = (by: number, key: string): string => `${key} of user ${by}`;

/** Which ticket each acknowledged submission was given; several where the answers differ. */
export const acknowledged = (operations: readonly Operation[]): Map<string, Set<string>> => {
  const numbers = new Map<string, Set<string>>();
  for (const { kind, outcome, key, ticket, by } of operations) {
    if (kind !== 'submit' || outcome !== 'ok' || key === null || ticket === null) continue;
    const origin = originFrom(by, key);
    numbers.set(origin, (numbers.get(origin) ?? new Set()).add(ticket));
  }
  return numbers;
};

export const attempted = (operations: readonly Operation[]): Set<string> =>
  new Set(operations.flatMap(({ kind, key, by }) => (kind === 'submit' && key !== null ? [originFrom(by, key)] : [])));

/** So many tickets are asked for when somebody looks at their list. */
export const listLength = 20;
