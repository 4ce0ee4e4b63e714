import { defineQuery } from '@temporalio/workflow';

/** How much a part of the seeding created, and how much was already there. */
export interface Tally {
  created: number;
  existing: number;
}

/** A tally of people: with the keys of the accounts in `seeds/accounts.ts` that did not exist before. No names or addresses. */
export interface PeopleTally extends Tally {
  accounts: string[];
}

/** The first and last number of the created tickets. */
export interface NumberRange {
  first: string;
  last: string;
}

export interface SeedProgress extends Tally {
  /** The current part, in a few words. */
  phase: string;
  done: number;
  total: number;
}

export interface SeedReport extends Tally {
  phases: (Tally & { phase: string })[];
  /** Null when no ticket was created. */
  numbers: NumberRange | null;
  /** The keys of the accounts that this run created. */
  accounts: string[];
}

/** The argument of every seed workflow; each command reads what it needs. All fields are optional. */
export interface SeedArgs {
  /** How many extra employees, people or tickets. */
  count?: number;
  /** The random seed: the same number makes the same people and tickets again. */
  seed?: number;
  /** `seed.all` only: deletes everything first. */
  flush?: boolean;
  /** `seed.all` only: how many of each. */
  people?: number;
  tickets?: number;
  ticketsOpen?: number;
}

export const progressQuery = defineQuery<SeedProgress>('progress');
