import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import pg from 'pg';
import type { Log } from './log.ts';

// A worker that lives holds an advisory lock for each of its queues, on a connection of its own. However its process
// dies, the system closes the connection and PostgreSQL lets go of the lock at once. Where nothing is closed, because the
// process stands still or its machine is gone, PostgreSQL ends the session after a silence. The lock is a shared one:
// any number of workers can hold it. The query builder has no word for such locks: these two statements are written out.

/** The first of the lock's two numbers: any, as long as no other advisory lock has it. The second is the queue's hash. */
const lockClass = 7_233;
const holdLocks = `select pg_advisory_lock_shared(${lockClass}, hashtext(queue)) from unnest($1::text[]) as queue`;
// PostgreSQL shows the hash, which can be negative, as a number without a sign.
const heldOf = (queues: readonly string[]) => sql<{ queue: string }>`
  select queue from unnest(${queues}::text[]) as queue where exists (
    select from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
    where l.locktype = 'advisory' and l.objsubid = 2 and l.granted
      and l.classid = ${lockClass} and l.objid::int8 = hashtext(queue)::int8 & 4294967295
  )`;

// Milliseconds, but for PostgreSQL's own setting.
const longestSilence = '-c idle_session_timeout=9s';
const pingEvery = 3_000;
const answerWithin = 4_000;
const connectAgainAfter = 500;

export interface Presence {
  /** The queues are no longer served from here. */
  end(): Promise<void>;
}

interface Worker {
  databaseUrl: string;
  queues: readonly string[];
  log: Log;
}

/** Lets everybody see that this process serves the queues, until it ends; also after PostgreSQL was away. */
export const showPresence = ({ databaseUrl, queues, log }: Worker): Presence => {
  let client: pg.Client | null = null;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;

  const lost = (which: pg.Client, error?: Error): void => {
    if (ended || client !== which) return;
    log.warn({ error }, 'presence lost its connection, opening it again');
    client = null;
    which.end().catch((cause) => log.debug({ cause }, 'the lost connection was closed already'));
    clearTimeout(timer);
    timer = setTimeout(connect, connectAgainAfter);
  };

  /** Sends a statement, and goes on pinging on this connection. */
  const send = async (on: pg.Client, statement: string, values: unknown[] = []): Promise<void> => {
    try {
      await on.query(statement, values);
      if (!ended && client === on) timer = setTimeout(send, pingEvery, on, 'select 1');
    } catch (error) {
      lost(on, error instanceof Error ? error : new Error(String(error)));
    }
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: databaseUrl,
      options: longestSilence,
      connectionTimeoutMillis: answerWithin,
      query_timeout: answerWithin,
    });
    client = next;
    next.on('error', (error) => lost(next, error));
    next.on('end', () => lost(next));
    try {
      await next.connect();
    } catch (error) {
      lost(next, error instanceof Error ? error : new Error(String(error)));
      return;
    }
    await send(next, holdLocks, [queues]);
  };
  void connect();

  return {
    async end() {
      ended = true;
      clearTimeout(timer);
      await client?.end().catch((error) => log.debug({ error }, 'presence was closed already'));
    },
  };
};

/** Which of these queues a living worker serves. */
export const presentQueues = async (em: EntityManager, queues: readonly string[]): Promise<Set<string>> => {
  const { rows } = await heldOf(queues).execute(em.getKysely());
  return new Set(rows.map(({ queue }) => queue));
};
