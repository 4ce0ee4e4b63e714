import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Log } from '../../operations/log.ts';
import type { WorkflowStart } from './enqueue.ts';
import { listenToOutbox } from './listen.ts';
import { outbox } from './outbox.tables.ts';

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

// Milliseconds all of them. NOTIFY wakes the relay at once; the sweep is for what a lost connection made it miss, and for
// second tries.
const sweepEvery = 1_000;
const pauseBetween = 50;
const longestRest = 300;
const longestPause = 30_000;
const batchSize = 8;

/** Rows whose workflows are due, locked until the transaction ends; those that another relay holds are left to it. */
const lockDue = (em: EntityManager) =>
  outbox(em)
    .selectFrom('outbox')
    .select(['id', 'workflow_type as workflowType', 'workflow_id as workflowId', 'task_queue as taskQueue'])
    .select(['args', 'token', 'summary', 'search_attributes as searchAttributes', 'attempts'])
    // By PostgreSQL's clock, which has set it.
    .where('next_try_at', '<=', sql<Date>`now()`)
    .orderBy('id')
    .limit(batchSize)
    .forUpdate()
    .skipLocked()
    .execute();

const putOff = (em: EntityManager, id: number, attempts: number, error: unknown) => {
  const pause = Math.min(longestPause, 500 * 2 ** Math.min(attempts, 10));
  return outbox(em)
    .updateTable('outbox')
    .set({ attempts: attempts + 1, last_error: String(error).slice(0, 500) })
    .set({ next_try_at: sql<Date>`now() + ${pause} * interval '1 ms'` })
    .where('id', '=', id)
    .execute();
};

/**
 * Starts the workflows that committed facts ask for, each exactly once: rows are locked while their workflow is being
 * started, other relays skip them, and a crash before the delete only makes the next one find it started.
 */
export const createRelay = ({ orm, log, databaseUrl, start }: RelayParts): Relay => {
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;

  const drainBatch = (): Promise<{ taken: number; started: number }> =>
    orm.em.fork().transactional(async (em) => {
      const due = await lockDue(em);
      const outcomes = await Promise.allSettled(due.map((entry) => start(entry)));
      const started: number[] = [];
      for (const [place, { id, workflowId, attempts }] of due.entries()) {
        const outcome = outcomes[place];
        if (outcome?.status !== 'rejected') {
          started.push(id);
          continue;
        }
        log.warn({ workflowId, attempts: attempts + 1, error: outcome.reason }, 'workflow not started yet');
        await putOff(em, id, attempts, outcome.reason);
      }
      if (started.length > 0) await outbox(em).deleteFrom('outbox').where('id', 'in', started).execute();
      return { taken: due.length, started: started.length };
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
  const listener = listenToOutbox(databaseUrl, log, wake);
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
