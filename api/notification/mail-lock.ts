import pg from 'pg';
import type { Log } from '../operations/log.ts';

// Who sends a digest holds an advisory lock for it. A process that only stands still keeps the lock, however long; when it
// dies, the system closes the connection, and PostgreSQL lets go of the lock at once. When its whole machine is gone,
// PostgreSQL finds that within a minute.

/** The first of the lock's two numbers: any, as long as no other advisory lock has it. The second is the digest's. */
const lockClass = 2_525;
const findLostMachines = '-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3';
const answerWithin = 5_000;

export interface MailLocks {
  /** False when somebody else is sending this digest. */
  take(digest: number): Promise<boolean>;
  release(digest: number): Promise<void>;
  end(): Promise<void>;
}

/** A connection for the locks of one activity. @throws when PostgreSQL is away. */
export const openMailLocks = async (databaseUrl: string, log: Log): Promise<MailLocks> => {
  const client = new pg.Client({
    connectionString: databaseUrl,
    options: findLostMachines,
    connectionTimeoutMillis: answerWithin,
    query_timeout: answerWithin,
  });
  // The mail goes on; only a second try that starts now would not know of it.
  client.on('error', (error) => log.warn({ error }, 'the lock of a mail that is being sent was lost'));
  await client.connect();
  return {
    async take(digest) {
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [
        lockClass,
        digest,
      ]);
      return rows[0]?.taken === true;
    },
    async release(digest) {
      await client
        .query('select pg_advisory_unlock($1, $2)', [lockClass, digest])
        .catch((error) => log.debug({ error }, 'the lock of a mail went with its connection'));
    },
    async end() {
      await client.end().catch((error) => log.debug({ error }, 'the connection for locks was closed already'));
    },
  };
};
