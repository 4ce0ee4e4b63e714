import type { EntityManager } from '@mikro-orm/postgresql';
import { expressionBuilder, type SelectQueryBuilder } from 'kysely';
import { countLimit } from '../http/paging.ts';
import { countAll } from './query-builder.ts';

/** All rows of a list, before anybody says which columns and which page are wanted. */
type Fitting<DB, Tables extends keyof DB> = SelectQueryBuilder<DB, Tables, object>;

/**
 * How many rows are in a list, counted as far as lists count. As a column of the page it costs no round trip of its own:
 * PostgreSQL counts once, not for each row.
 */
export const totalOf = <DB, Tables extends keyof DB>(fitting: Fitting<DB, Tables>) =>
  expressionBuilder<Record<never, never>>()
    .selectFrom(fitting.limit(countLimit + 1).as('fitting'))
    .select(countAll().as('count'))
    .as('total');

/** The total of a page whose rows have it as a column. An empty page has no row to say it, so it is asked for alone. */
export const readTotal = async <DB, Tables extends keyof DB>(
  em: EntityManager,
  rows: readonly { total: number | null }[],
  fitting: Fitting<DB, Tables>,
): Promise<number> => {
  const [row = await em.getKysely().selectNoFrom(totalOf(fitting)).executeTakeFirstOrThrow()] = rows;
  return row.total ?? 0;
};
