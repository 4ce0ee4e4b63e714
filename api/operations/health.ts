import type { Client } from '@temporalio/client';
import { workerQueues } from '../config.ts';
import type { Context } from '../context.ts';
import { withDeadline } from '../temporal/client.ts';
import { presentQueues } from './worker-presence.ts';

export interface Readiness {
  ready: boolean;
  postgres: boolean;
  temporal: boolean;
  /** Whether a living worker serves each queue, and Temporal hears of it. */
  queues: Record<string, boolean>;
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

/** Whether it could be done. */
const succeeds = (check: Promise<unknown>): Promise<boolean> =>
  check.then(
    () => true,
    () => false,
  );

/** Whether everything that a ticket needs on its way is there. */
export const checkReadiness = async ({ orm, temporal }: Context): Promise<Readiness> => {
  const [postgres, reachable] = await Promise.all([
    succeeds(orm.em.fork().execute('select 1')),
    succeeds(withDeadline(temporal, () => temporal.workflowService.getSystemInfo({}))),
  ]);
  // Temporal remembers the polls of a worker for a minute after its death; a worker can live and not reach Temporal.
  const present = postgres ? await presentQueues(orm.em.fork(), workerQueues).catch(() => nowhere) : nowhere;
  const queues: Record<string, boolean> = {};
  for (const queue of workerQueues)
    queues[queue] = reachable && present.has(queue) && (await isServed(temporal, queue).catch(() => false));
  const ready = postgres && reachable && Object.values(queues).every(Boolean);
  return { ready, postgres, temporal: reachable, queues };
};
