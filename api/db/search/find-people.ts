import type { EntityManager } from '@mikro-orm/postgresql';
import type { Sought } from './sought.ts';

/** Whose names, or names and e-mail addresses, begin with each of the words: ids of users for each word, in the same order. */
export type FindPeople = (em: EntityManager, sought: Sought, by: 'name' | 'name and e-mail') => Promise<number[][]>;
