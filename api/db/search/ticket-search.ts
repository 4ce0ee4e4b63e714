import type { EntityManager } from '@mikro-orm/postgresql';
import type { Expression, SqlBool } from 'kysely';
import type { Sought } from './sought.ts';

// The help desk owns the texts of tickets; every list of tickets is searched by its code, through this.

/** What a search looks for: its words, and the people that each word may name. */
export interface Wanted {
  sought: Sought;
  /** Ids of users for each word, in the same order. */
  people: readonly (readonly number[])[];
}

export interface TicketSearch {
  /** E-mail addresses are searched only for readers who may see them. */
  wantedBy(em: EntityManager, q: string, by: 'name' | 'name and e-mail'): Promise<Wanted>;
  /** True for the numbers of tickets that have each word. */
  among(wanted: Wanted, number: Expression<string>): Expression<SqlBool>;
  /**
   * The same search with the most similar words of the tickets with these numbers (null: of all tickets); null when there
   * are none. Words of other tickets play no part.
   */
  respelt(em: EntityManager, wanted: Wanted, within: Expression<{ number: string }> | null): Promise<Wanted | null>;
}

interface Counted {
  count: number;
}

/** Searches for the words as typed and, when this list has none of them, for similar words of this list. */
export const searchTwice = async <Found extends Counted>(
  search: TicketSearch,
  em: EntityManager,
  wanted: Wanted,
  within: Expression<{ number: string }> | null,
  find: (wanted: Wanted) => Promise<Found>,
): Promise<Found> => {
  const literal = await find(wanted);
  if (literal.count > 0) return literal;
  const meant = await search.respelt(em, wanted, within);
  return meant ? find(meant) : literal;
};
