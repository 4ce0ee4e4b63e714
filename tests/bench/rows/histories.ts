import type { Client } from '@temporalio/client';
import { each } from '../../rig/each.ts';

/** The time of a workflow's first work, by the Temporal server's clock, which is this machine's. */
export interface FirstTask {
  started: number;
  /** When it first became idle. */
  completed: number;
}

// EventType of Temporal's API; we do not depend on the package that names it.
const workflowTaskStarted = 6;
const workflowTaskCompleted = 7;

interface Instant {
  seconds?: unknown;
  nanos?: number | null;
}

const msOf = (time: Instant | null | undefined): number =>
  Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6;

/** Null until the workflow is idle for the first time. */
const firstTaskOf = async (client: Client, workflowId: string): Promise<FirstTask | null> => {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId },
    maximumPageSize: 8,
  });
  const timeOf = (type: number) => history?.events?.find((event) => event.eventType === type)?.eventTime;
  const completed = timeOf(workflowTaskCompleted);
  return completed ? { started: msOf(timeOf(workflowTaskStarted)), completed: msOf(completed) } : null;
};

const patienceMs = 300_000;

/** Waits until all of these workflows are idle for the first time. */
export const firstTasksOf = async (client: Client, workflowIds: readonly string[]): Promise<Map<string, FirstTask>> => {
  const found = new Map<string, FirstTask>();
  const end = Date.now() + patienceMs;
  const waitFor = async (id: string): Promise<void> => {
    while (Date.now() < end) {
      // A workflow that the relay has not started yet has no history.
      const task = await firstTaskOf(client, id).catch(() => null);
      if (task) {
        found.set(id, task);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The workflow ${id} has not come to rest within ${patienceMs / 1_000} s`);
  };
  await each(workflowIds, 4, waitFor);
  return found;
};
