import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { withDeadline } from '../../api/temporal/client.ts';
import { queues } from '../../workflows/names.ts';
import { SeedProblem } from './problem.ts';

const workflowTasks = 1;
const activityTasks = 2;

// A worker polls about once a minute and Temporal lists it for five minutes, so older pollers may be gone.
const freshMs = 90_000;

const isPolled = async (client: Client, name: string, taskQueueType: number): Promise<boolean> => {
  const { namespace } = client.options;
  const request = { namespace, taskQueue: { name }, taskQueueType };
  const { pollers } = await withDeadline(client, () => client.workflowService.describeTaskQueue(request));
  return (pollers ?? []).some(
    ({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 > Date.now() - freshMs,
  );
};

const unpolled = async (client: Client): Promise<string[]> => {
  const needed = [
    [queues.workflow, workflowTasks],
    [queues.workflow, activityTasks],
    [queues.helpdesk, activityTasks],
  ] as const;
  const polled = await Promise.all(needed.map(([name, type]) => isPolled(client, name, type)));
  return [...new Set(needed.filter((_, index) => !polled[index]).map(([name]) => name))];
};

/**
 * Returns when workers poll the queues that seeding needs. It waits a moment for workers that are just starting, but the
 * person at the terminal knows within five seconds.
 * @throws SeedProblem when there are none.
 */
export const requireWorkers = async (client: Client, withinMs = 3_000): Promise<void> => {
  const end = Date.now() + withinMs;
  for (;;) {
    const missing = await unpolled(client);
    if (missing.length === 0) return;
    if (Date.now() > end) {
      throw new SeedProblem(
        `No worker polls the task queue ${missing.join(' and ')}, so nothing would happen. Start the workers: npm start, or node activities/worker.ts.`,
      );
    }
    await sleep(250);
  }
};
