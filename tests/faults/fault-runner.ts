import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from './arena/arena.ts';
import { check, type Verdict } from './checker/check.ts';
import type { Facts } from './checker/facts.ts';
import type { Fault, Injected } from './fault.ts';
import type { Options } from './options.ts';
import type { Random } from './random.ts';

/** Where the time of a fault went. */
export interface Seconds {
  inject: number;
  /** Until everything ran again and nothing was left to do. */
  calm: number;
  check: number;
}

/** What came of one fault; the counts are of the whole run so far, less what was there before. */
export interface Result {
  fault: Pick<Fault, 'id' | 'name'>;
  injected: Injected;
  operations: number;
  verdict: Verdict;
  seconds: Seconds;
  /** Why it failed, besides what the checker found. */
  failure: string | null;
}

export const hasPassed = ({ failure, verdict }: Result): boolean => failure === null && verdict.violations.length === 0;

const nothing: Injected = { times: 0, recovery: null };
const noVerdict: Verdict = { count: { lost: 0, doubled: 0, unexpected: 0, recovered: 0 }, violations: [] };

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${reasonOf(error.cause)})`;
};

interface Running {
  arena: Arena;
  gather(): Promise<Facts>;
  options: Options;
  random: Random;
  say(text: string): void;
}

// What an earlier fault broke is that fault's failure; each row has only what is new.
const newOnly = (found: Verdict, before: Verdict): Verdict => {
  const known = new Set(before.violations.map(({ what }) => what));
  const { lost, doubled, unexpected, recovered } = found.count;
  return {
    count: {
      lost: lost - before.count.lost,
      doubled: doubled - before.count.doubled,
      unexpected: unexpected - before.count.unexpected,
      recovered: recovered - before.count.recovered,
    },
    violations: found.violations.filter(({ what }) => !known.has(what)),
  };
};

// A command that nobody waits for any more may still be under way; what is really wrong is still wrong a while later.
const settleWithinMs = 60_000;

const settled = async (gather: () => Promise<Facts>, before: Verdict): Promise<Verdict> => {
  const end = Date.now() + settleWithinMs;
  for (;;) {
    const found = check(await gather());
    if (newOnly(found, before).violations.length === 0 || Date.now() > end) return found;
    await sleep(300);
  }
};

/** Returns the seconds since it was called last, the first time since it was made. */
const stopwatch = (): (() => number) => {
  let from = performance.now();
  return () => {
    const before = from;
    from = performance.now();
    return (from - before) / 1_000;
  };
};

/** Injects one fault, heals everything, waits until nothing is left to do, and checks every ticket. */
export const createFaultRunner = ({ arena, gather, options, random, say }: Running) => {
  let before = noVerdict;
  return async (fault: Fault): Promise<Result> => {
    const lap = stopwatch();
    const seconds: Seconds = { inject: 0, calm: 0, check: 0 };
    const operationsBefore = arena.journal.operations.length;
    let [injected, verdict, failure]: [Injected, Verdict, string | null] = [nothing, noVerdict, null];
    say(`${fault.id} ${fault.name}`);
    try {
      injected = await fault.inject(arena, { random: random.fork(), nightly: options.nightly, say });
      if (injected.times === 0) failure = 'The fault never happened';
    } catch (error) {
      failure = reasonOf(error);
    }
    seconds.inject = lap();
    try {
      await arena.heal();
      await arena.drained();
      seconds.calm = lap();
      const found = await settled(gather, before);
      verdict = newOnly(found, before);
      before = found;
    } catch (error) {
      failure = [failure, `It did not recover: ${reasonOf(error)}`].filter(Boolean).join('; ');
    }
    seconds.check = lap();
    const operations = arena.journal.operations.length - operationsBefore;
    return { fault, injected, operations, verdict, seconds, failure };
  };
};
