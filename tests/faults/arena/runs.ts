import { WorkflowNotFoundError } from '@temporalio/client';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import type { Arena } from './arena.ts';

export interface Run {
  events: number;
  bytes: number;
  /** Bytes of the largest payload in its history. */
  largestPayload: number;
  /** It has not ended. */
  open: boolean;
}

const largestIn = (value: unknown): number => {
  if (value instanceof Uint8Array) return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((most, part) => Math.max(most, largestIn(part)), 0);
};

/** All runs of a workflow, the latest first, by what their histories say. */
export const runsOf = async ({ client }: Pick<Arena, 'client'>, workflowId: string): Promise<Run[]> => {
  const runs: Run[] = [];
  for (let runId: string | undefined; ; ) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const { events } = await handle.fetchHistory();
    const { status, historySize = 0 } = await handle.describe();
    runs.push({
      events: events?.length ?? 0,
      bytes: historySize,
      largestPayload: largestIn(events),
      open: status.name === 'RUNNING',
    });
    const before = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    if (!before) return runs;
    runId = before;
  }
};

/** Whether Temporal knows the workflow of this ticket. */
export const hasWorkflow = async ({ client }: Pick<Arena, 'client'>, number: string): Promise<boolean> => {
  try {
    await client.workflow.getHandle(ticketWorkflowId(number)).describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
};
