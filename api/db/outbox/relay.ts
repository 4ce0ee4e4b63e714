import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import type { Log } from '../../operations/log.ts';
import type { WorkflowStart } from './enqueue.ts';

interface Row extends WorkflowStart {
  id: number;
  attempts: number;
}

export interface RelayParts {
  orm: MikroORM;
  log: Log;
  databaseUrl: string;
  /** Starts one workflow, or finds that it had been started for this very fact before. */
  start(entry: WorkflowStart): Promise<void>;
}

export interface Relay {
  /** Starts everything that is due and returns how many workflows it started or found started. */
  drain(): Promise<number>;
  stop(): Promise<void>;
}

const batchSize = 8;
// NOTIFY wakes the relay at once; the sweep is for what a lost connection made it miss, and for second tries.
const sweepEvery = 1_000;
const longestPause = 30_000;
const pauseBetween = 50;
const longestRest = 300;

const selectDue = `
  select id, workflow_type as "workflowType", workflow_id as "workflowId", task_queue as "taskQueue",
    args, token, summary, search_attributes as "searchAttributes", attempts
  from outbox where next_try_at <= now() order by id limit ${batchSize} for update skip locked`;

/**
 * Starts the workflows that committed facts ask for, each exactly once: rows are locked while their workflow is being
 * started, other relays skip them, and a crash before the delete only makes the next one find it started.
 */
export const createRelay = ({ orm, log, databaseUrl, start }: RelayParts): Relay => {
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;

  const startOne = async (row: Row): Promise<{ row: Row; error: unknown }> => {
    try {
      await start(row);
      return { row, error: null };
    } catch (error) {
      return { row, error };
    }
  };

  const drainBatch = (): Promise<{ taken: number; started: number }> =>
    orm.em.fork().transactional(async (em) => {
      const rows = await em.execute<Row[]>(selectDue);
      const results = await Promise.all(rows.map(startOne));
      const started = results.filter((result) => result.error === null).map((result) => result.row.id);
      if (started.length > 0) await em.execute(`delete from outbox where id in (${started.map(() => '?')})`, started);
      for (const { row, error } of results) {
        if (error === null) continue;
        const pause = Math.min(longestPause, 500 * 2 ** Math.min(row.attempts, 10));
        log.warn({ workflowId: row.workflowId, attempts: row.attempts + 1, error }, 'workflow not started yet');
        await em.execute(
          `update outbox set attempts = attempts + 1, last_error = ?, next_try_at = now() + ? * interval '1 ms' where id = ?`,
          [String(error).slice(0, 500), pause, row.id],
        );
      }
      return { taken: rows.length, started: started.length };
    });

  const drain = async (): Promise<number> => {
    let total = 0;
    for (;;) {
      const begun = performance.now();
      const { taken, started } = await drainBatch();
      total += started;
      if (taken < batchSize || stopped) return total;
      // Facts are coming in: who submits is answered first, and workflows get a third of the time.
      if (again) await sleep(Math.min(longestRest, 2 * (performance.now() - begun)));
      again = false;
    }
  };

  // One drain at a time; a wake-up during a drain makes one more follow, a moment later: what comes in meanwhile shares
  // its transaction.
  const wake = (): void => {
    again = true;
    if (running || stopped) return;
    running = (async () => {
      while (again && !stopped) {
        again = false;
        await drain().catch((error) => log.warn({ error }, 'outbox not drained, trying again'));
        if (!stopped) await sleep(pauseBetween);
      }
    })().finally(() => {
      running = null;
    });
  };

  const sweep = setInterval(wake, sweepEvery);
  const listener = listen(databaseUrl, log, wake);
  wake();

  return {
    drain,
    async stop() {
      stopped = true;
      clearInterval(sweep);
      await listener.stop();
      await running;
    },
  };
};

/** Calls `wake` at each NOTIFY; a lost connection is opened again, the sweep covers the gap. */
const listen = (databaseUrl: string, log: Log, wake: () => void) => {
  let client: pg.Client | null = null;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  const lost = (error?: Error): void => {
    if (stopped || client === null) return;
    log.warn({ error }, 'outbox listener lost its connection, opening it again');
    client = null;
    retry = setTimeout(connect, 1_000);
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: databaseUrl });
    client = next;
    next.on('notification', wake);
    next.on('error', lost);
    next.on('end', () => lost());
    try {
      await next.connect();
      await next.query('listen outbox');
      wake();
    } catch (error) {
      lost(error instanceof Error ? error : new Error(String(error)));
    }
  };
  void connect();

  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await client?.end().catch((error) => log.debug({ error }, 'outbox listener was closed already'));
    },
  };
};
