import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Rows of a table that hold a copy of a name, to be brought up to date a page at a time. Whose name it is, is said by `Id`;
 * the rows are walked in the order of `Key`.
 */
export interface NameCopies<Id, Key> {
  /** It comes before every key. */
  start: Key;
  /** The keys of the next rows after this one, in order; one can be there twice. */
  next(em: EntityManager, id: Id, after: Key, limit: number): Promise<Key[]>;
  /** Gives the rows behind `after`, up to `last`, the name, as far as it is still theirs. */
  rename(em: EntityManager, id: Id, name: string, page: { after: Key; last: Key }): Promise<void>;
}
