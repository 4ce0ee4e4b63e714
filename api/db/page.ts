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

/** A row as PostgreSQL writes it, with the rank it was found at. */
export type Ranked<Row> = Row & { rank: number };

export interface Selected {
  rows: Ranked<object>[];
  /** How many there are in all, counted as far as lists count. */
  count: number;
}

export interface PageParts {
  /** Queries that the others name. Each runs once at most, and only as far as it is read. */
  given?: readonly (Condition & { name: string })[];
  /** A query with a row for each that counts. */
  counted: Condition;
  /** Queries for rows with their rank, one part of the page after the other, each in order and with the limit. */
  parts: readonly Condition[];
  /** Rows at most: one more than are shown tells that there is a next page. */
  limit: number;
}

/**
 * A page and its count in one round trip. Each part is a query with a limit of its own: PostgreSQL stops as soon as the
 * page is full, however many rows fit.
 */
export const selectParts = async (
  em: EntityManager,
  { given = [], counted, parts, limit }: PageParts,
): Promise<Selected> => {
  const sql = `
    with ${given.map((query) => `${query.name} as materialized (${query.sql}), `).join('')}counted as (
      select count(*)::int as "totalCount" from (${counted.sql} limit ${countLimit + 1}) one
    ), shown as (
      select *, row_number() over () as place
      from (select * from (${parts.map((part) => `(${part.sql})`).join(' union all ')}) ranked limit ${limit}) page
    )
    select * from counted left join shown on true order by place`;
  const values = [...given, counted, ...parts].flatMap((query) => query.values);
  const found = await em.execute<(Ranked<object> & { totalCount: number; place: string | null })[]>(sql, values);
  return { rows: found.filter(({ place }) => place !== null), count: found[0]?.totalCount ?? 0 };
};

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
  limit: number;
}

/** The rows of a page and how many there are in all; how they are found is left to PostgreSQL. */
export const selectPage = (
  em: EntityManager,
  { from, columns, where, ranks, order, limit }: PageQuery,
): Promise<Selected> => {
  const parts = ranks.map((condition, rank) => {
    const fits = every([where, condition]);
    const rows = `select ${columns}, ${rank} as rank from ${from} where ${fits.sql} order by ${order} limit ${limit}`;
    return when(rows, ...fits.values);
  });
  return selectParts(em, {
    counted: when(`select from ${from} where ${where.sql}`, ...where.values),
    parts,
    limit,
  });
};
