import { Client } from 'pg';

export interface DatabaseState {
  /** `read_only`: a standby, or a server on which nothing may be changed now. */
  state: 'ready' | 'read_only' | 'away';
  /** What is missing and why, for those who run it; null when nothing is. */
  problem: string | null;
}

const answerWithin = 3_000;

const placeOf = (databaseUrl: string): string => {
  const { host, pathname, searchParams } = new URL(databaseUrl);
  return `${decodeURIComponent(host || (searchParams.get('host') ?? ''))}${pathname}`;
};

// An error of several addresses of one name has no words of its own.
const reasonOf = (error: unknown): string => {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
};

/**
 * How PostgreSQL receives somebody who comes now: on a new connection, because those of the pool were let in earlier, perhaps
 * with a password that is not the right one any more.
 */
export const probeDatabase = async (databaseUrl: string): Promise<DatabaseState> => {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: answerWithin,
    query_timeout: answerWithin,
  });
  // A server that ends the session tells of it twice; the rejected call is enough.
  client.on('error', () => undefined);
  try {
    await client.connect();
    // The query builder works on connections of the pool only.
    const { rows } = await client.query<{ transaction_read_only: string }>('show transaction_read_only');
    if (rows[0]?.transaction_read_only !== 'on') return { state: 'ready', problem: null };
    return {
      state: 'read_only',
      problem: `PostgreSQL at ${placeOf(databaseUrl)} is read-only: nothing can be changed.`,
    };
  } catch (error) {
    const problem = `PostgreSQL at ${placeOf(databaseUrl)} (DATABASE_URL) does not answer: ${reasonOf(error)}.`;
    return { state: 'away', problem };
  } finally {
    await client.end();
  }
};
