import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Log } from '../../operations/log.ts';
import { claimDue, putOff, settle } from './claim.ts';
import type { WorkflowStart } from './enqueue.ts';
import { listenToOutbox } from './listen.ts';

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
const batchSize = 8;

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
      const due = await claimDue(em, batchSize);
      const outcomes = await Promise.allSettled(due.map((entry) => start(entry)));
      const started: number[] = [];
      for (const [place, entry] of due.entries()) {
        const outcome = outcomes[place];
        if (outcome?.status !== 'rejected') {
          started.push(entry.id);
          continue;
        }
        const { workflowId, attempts } = entry;
        log.warn({ workflowId, attempts: attempts + 1, error: outcome.reason }, 'workflow not started yet');
        await putOff(em, entry, outcome.reason);
      }
      await settle(em, started);
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
