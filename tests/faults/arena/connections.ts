import { type Arena, checkerName } from './arena.ts';

/** One process of the product keeps so many connections at most: its pool, and one on which it listens or shows itself. */
export const mostOfOneProcess = 16 + 1;

const ofProduct = `datname = current_database() and backend_type = 'client backend' and application_name <> '${checkerName}'`;

/** How many connections the product has now. */
export const productConnections = async ({ database }: Pick<Arena, 'database'>): Promise<number> => {
  const query = `select count(*)::int as there from pg_stat_activity where ${ofProduct}`;
  const { rows } = await database.query<{ there: number }>(query);
  return rows[0]?.there ?? 0;
};

/** Ends all connections of the product; answers how many. */
export const endProductConnections = async ({ database }: Pick<Arena, 'database'>): Promise<number> => {
  const query = `select count(*)::int as ended from (select pg_terminate_backend(pid) as ok from pg_stat_activity where ${ofProduct}) as t where ok`;
  const { rows } = await database.query<{ ended: number }>(query);
  return rows[0]?.ended ?? 0;
};

/** How many connections wait for a lock now. */
export const waitingForLock = async ({ database }: Pick<Arena, 'database'>): Promise<number> => {
  const query = `select count(*)::int as waiting from pg_stat_activity where ${ofProduct} and wait_event_type = 'Lock'`;
  const { rows } = await database.query<{ waiting: number }>(query);
  return rows[0]?.waiting ?? 0;
};
