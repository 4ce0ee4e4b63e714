import type { Client } from '@temporalio/client';
import { workerQueues } from '../config.ts';
import type { Context } from '../context.ts';
import { probeDatabase } from '../db/probe.ts';
import { withDeadline } from '../temporal/client.ts';
import { temporalProblem } from '../temporal/probe.ts';
import { presentQueues } from './worker-presence.ts';

export interface Readiness {
  ready: boolean;
  /** Whether it lets in who comes now, and takes changes. */
  postgres: boolean;
  temporal: boolean;
  /** Whether a living worker serves each queue, and Temporal hears of it. */
  queues: Record<string, boolean>;
  /** A sentence for each thing that is missing, for those who run it. */
  missing: string[];
}

// Temporal's own numbers for the two kinds of tasks. The SDK has names for them in a package of its own only
// (`@temporalio/proto`), which would be one dependency more for two numbers.
const workflowTasks = 1;
const activityTasks = 2;

// A poll lasts up to a minute; one that began longer ago belongs to a worker that is gone.
const freshPoll = 70_000;

const isPolled = async (client: Client, queue: string, taskQueueType: number): Promise<boolean> => {
  const request = { namespace: client.options.namespace, taskQueue: { name: queue }, taskQueueType };
  const { pollers } = await withDeadline(client, () => client.workflowService.describeTaskQueue(request));
  return (pollers ?? []).some(
    ({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 > Date.now() - freshPoll,
  );
};

/** Whether a worker polls this queue for workflows and for activities. @throws when Temporal is away. */
export const isServed = async (client: Client, queue: string): Promise<boolean> => {
  const polled = await Promise.all([workflowTasks, activityTasks].map((type) => isPolled(client, queue, type)));
  return polled.every(Boolean);
};

const nowhere: ReadonlySet<string> = new Set();

const look = async ({ config, orm, temporal }: Context): Promise<Readiness> => {
  const [postgres, temporalMissing] = await Promise.all([
    probeDatabase(config.DATABASE_URL),
    temporalProblem(temporal, config.TEMPORAL_ADDRESS),
  ]);
  const isReachable = temporalMissing === null;
  // Temporal remembers the polls of a worker for a minute after its death; a worker can live and not reach Temporal.
  const present =
    postgres.state === 'away' ? nowhere : await presentQueues(orm.em.fork(), workerQueues).catch(() => nowhere);
  const queues: Record<string, boolean> = {};
  for (const queue of workerQueues)
    queues[queue] = isReachable && present.has(queue) && (await isServed(temporal, queue).catch(() => false));
  const unserved = Object.keys(queues).filter((queue) => !queues[queue]);
  const missing = [
    postgres.problem,
    temporalMissing,
    // Whose worker is gone, cannot be known without both.
    postgres.state === 'away' || !isReachable || unserved.length === 0
      ? null
      : `No worker serves ${unserved.join(' and ')}: start one with node activities/worker.ts.`,
  ].filter((problem) => problem !== null);
  return {
    ready: missing.length === 0,
    postgres: postgres.state === 'ready',
    temporal: isReachable,
    queues,
    missing,
  };
};

const looking = new WeakMap<Context, Promise<Readiness>>();
const lastMissing = new WeakMap<Context, string>();

/** Looks, and writes into the log when something else is missing than before. */
const lookAndTell = async (context: Context): Promise<Readiness> => {
  const readiness = await look(context);
  const { missing } = readiness;
  const text = missing.join(' ');
  if (text !== (lastMissing.get(context) ?? ''))
    context.log.info({ missing }, text === '' ? 'ready again' : 'not ready');
  lastMissing.set(context, text);
  return readiness;
};

/**
 * Whether everything that a ticket needs on its way is there. Strangers may ask for it: however many do at once, PostgreSQL and
 * Temporal are asked once.
 */
export const checkReadiness = (context: Context): Promise<Readiness> => {
  const running = looking.get(context) ?? lookAndTell(context).finally(() => looking.delete(context));
  looking.set(context, running);
  return running;
};
