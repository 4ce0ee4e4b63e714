import type { EntityManager } from '@mikro-orm/postgresql';
import { countLimit } from '../http/paging.ts';

/** A condition in SQL, with the values of its question marks. */
export interface Condition {
  sql: string;
  values: readonly unknown[];
}

export const when = (sql: string, ...values: unknown[]): Condition => ({ sql, values });

const joined = (conditions: readonly Condition[], by: string): Condition =>
  when(conditions.map(({ sql }) => `(${sql})`).join(` ${by} `), ...conditions.flatMap(({ values }) => values));

export const every = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? when('true') : joined(conditions, 'and');

export const some = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? when('false') : joined(conditions, 'or');

export interface PageQuery {
  /** What stands behind `from`. */
  from: string;
  columns: string;
  /** What all rows have in common, and what is counted. */
  where: Condition;
  /**
   * What makes a row one of the first rank, of the second and so on: better ranks come first. No row may be of two.
   * Each with what lies behind the cursor.
   */
  ranks: readonly Condition[];
  order: string;
  /** Rows at most: one more than are shown tells that there is a next page. */
  limit: number;
}

/** A row as PostgreSQL writes it, with the rank it was found at. */
export type Ranked<Row> = Row & { rank: number };

/**
 * The rows of a page and how many there are in all, counted as far as lists count, in one round trip. Each rank is
 * a query with a limit of its own: PostgreSQL stops as soon as the page is full, however many rows fit.
 */
export const selectPage = async (
  em: EntityManager,
  { from, columns, where, ranks, order, limit }: PageQuery,
): Promise<{ rows: Ranked<object>[]; count: number }> => {
  const parts = ranks.map(({ sql }, rank) => {
    const fits = `where ${where.sql} and ${sql} order by ${order} limit ${limit}`;
    return `(select ${columns}, ${rank} as rank from ${from} ${fits})`;
  });
  const sql = `
    with counted as (
      select count(*)::int as "totalCount" from (select from ${from} where ${where.sql} limit ${countLimit + 1}) one
    ), shown as (
      select *, row_number() over () as place from (select * from (${parts.join(' union all ')}) ranked limit ${limit}) page
    )
    select * from counted left join shown on true order by place`;
  const values = [...where.values, ...ranks.flatMap((rank) => [...where.values, ...rank.values])];
  const found = await em.execute<(Ranked<object> & { totalCount: number; place: string | null })[]>(sql, values);
  return { rows: found.filter(({ place }) => place !== null), count: found[0]?.totalCount ?? 0 };
};
