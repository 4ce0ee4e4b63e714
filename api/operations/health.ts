import type { Client } from '@temporalio/client';
import { type Config, workerQueues } from '../config.ts';
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

// A poll lasts up to a minute; one that began longer ago belongs to a worker that is gone.
const freshPoll = 70_000;

interface PollerList {
  pollers?: { lastAccessTime?: { seconds?: unknown } | null }[] | null;
}

const isPolled = ({ pollers }: PollerList): boolean =>
  (pollers ?? []).some((poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1000 > Date.now() - freshPoll);

/** Whether a worker polls this queue for workflows and for activities. @throws when Temporal is away. */
export const isServed = async (client: Client, namespace: string, queue: string): Promise<boolean> => {
  const kinds = [1, 2]; // workflow, activity
  const lists = await Promise.all(
    kinds.map((taskQueueType) =>
      withDeadline(client, () =>
        client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: queue }, taskQueueType }),
      ),
    ),
  );
  return lists.every(isPolled);
};

const holds = (check: Promise<unknown>): Promise<boolean> =>
  check.then(
    (result) => result !== false,
    () => false,
  );

const none: ReadonlySet<string> = new Set();

/** Whether everything that a ticket needs on its way is there. */
export const checkReadiness = async ({ orm, temporal, config }: Context): Promise<Readiness> => {
  const postgres = await holds(orm.em.fork().execute('select 1'));
  const reachable = await holds(withDeadline(temporal, () => temporal.workflowService.getSystemInfo({})));
  // Temporal remembers the polls of a worker for a minute after its death; a worker can live and not reach Temporal.
  const present = postgres ? await presentQueues(orm.em.fork(), workerQueues).catch(() => none) : none;
  const queues: Record<string, boolean> = {};
  for (const queue of workerQueues)
    queues[queue] = reachable && present.has(queue) && (await holds(isServed(temporal, namespaceOf(config), queue)));
  const ready = postgres && reachable && Object.values(queues).every(Boolean);
  return { ready, postgres, temporal: reachable, queues };
};

const namespaceOf = (config: Config): string => config.TEMPORAL_NAMESPACE;
