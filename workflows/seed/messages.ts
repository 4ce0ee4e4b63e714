import { defineQuery } from '@temporalio/workflow';

/** What a piece of seeding found to do, and what was there before. */
export interface Tally {
  created: number;
  existing: number;
}

/** The numbers of the tickets that were made, first and last. */
export interface NumberRange {
  first: string;
  last: string;
}

export interface SeedProgress extends Tally {
  /** What is being done now, in a word or two. */
  phase: string;
  done: number;
  total: number;
}

export interface SeedReport extends Tally {
  phases: (Tally & { phase: string })[];
  /** Null when no ticket was made. */
  numbers: NumberRange | null;
}

/** The argument of every seed workflow; each command reads what concerns it. All may be left out. */
export interface SeedArgs {
  /** How many extra employees, people or tickets. */
  count?: number;
  /** Another number makes other people and tickets; the same one makes the same again. */
  seed?: number;
  /** `seed.all` only: clears everything first. */
  flush?: boolean;
  /** `seed.all` only: how many of each. */
  people?: number;
  tickets?: number;
  ticketsOpen?: number;
}

export const progressQuery = defineQuery<SeedProgress>('progress');
