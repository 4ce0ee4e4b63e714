import type { Arena } from './arena/arena.ts';
import type { Random } from './random.ts';

export interface FaultRun {
  random: Random;
  /** The long profile: more of everything. */
  nightly: boolean;
  /** Says on the terminal what is being done. */
  say(text: string): void;
}

/** What a fault reports besides what the checker finds. */
export interface Injected {
  /** How often the fault really happened, as its own proof says: a process gone, a refusal seen, an error logged. */
  times: number;
  /** Seconds from the end of the fault until everything worked again; null where nothing was interrupted. */
  recovery: number | null;
  /** Figures worth keeping, in words. */
  notes?: string[];
}

/** Something that goes wrong in the world, done to the product while people work with it. */
export interface Fault {
  /** Of the list of faults: `F-05`. */
  id: string;
  name: string;
  /** Left out of the short profile: other faults there test the same promises. */
  nightlyOnly?: boolean;
  /** What it must not break, beyond what is checked after each fault, is asserted in here. @throws what was broken. */
  inject(arena: Arena, run: FaultRun): Promise<Injected>;
}
