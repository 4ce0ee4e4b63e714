import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import type { WorkflowStart } from '../db/outbox/enqueue.ts';
import { withDeadline } from './client.ts';

const tokenMemo = 'token';

/** The token of the fact that a workflow was started for; null when it was started by hand. */
export const tokenOf = ({ memo }: { memo?: Record<string, unknown> }): string | null => {
  const token = memo?.[tokenMemo];
  return typeof token === 'string' ? token : null;
};

const keywords = (pairs: Record<string, string>): TypedSearchAttributes =>
  new TypedSearchAttributes(
    Object.entries(pairs).map(([name, value]) => ({
      key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
      value,
    })),
  );

type ReusePolicy = 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE';

const start = (client: Client, wanted: WorkflowStart, workflowIdReusePolicy: ReusePolicy): Promise<unknown> =>
  client.workflow.start(wanted.workflowType, {
    workflowId: wanted.workflowId,
    taskQueue: wanted.taskQueue,
    args: wanted.args,
    workflowIdReusePolicy,
    priority: { priorityKey: wanted.priority, fairnessKey: wanted.fairnessKey },
    memo: { [tokenMemo]: wanted.token },
    // What a worker had in hand when it died is given to another one after this.
    workflowTaskTimeout: '5 seconds',
    ...(wanted.summary ? { staticSummary: wanted.summary } : {}),
    ...(wanted.searchAttributes ? { typedSearchAttributes: keywords(wanted.searchAttributes) } : {}),
  });

/** Starts it although a workflow with this id has run. @throws WorkflowExecutionAlreadyStartedError while one runs. */
export const startAgain = async (client: Client, wanted: WorkflowStart): Promise<void> => {
  await start(client, wanted, 'ALLOW_DUPLICATE');
};

/** Whether the newest workflow with this id was started for this very fact. */
export const isOurs = async (client: Client, { workflowId, token }: WorkflowStart): Promise<boolean> =>
  tokenOf(await client.workflow.getHandle(workflowId).describe()) === token;

/** Ends this run, or the newest one with the id; one that has ended, or that nobody knows, is left as it is. */
export const endIfRunning = async (
  client: Client,
  { workflowId, runId }: { workflowId: string; runId?: string },
  why: string,
): Promise<void> => {
  try {
    await client.workflow.getHandle(workflowId, runId).terminate(why);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
};

const idGivenAnew =
  'The database was put back to an older backup and has given this id to something else. Its workflow takes this place.';

/**
 * Starts what an outbox row names, once: its own workflow, running or ended, is left as it is. After a restored backup a
 * workflow can have the same id and another token. It gives way: else a fact of today would be taken for done.
 * @throws a gRPC error when Temporal is away.
 */
export const startWorkflow = (client: Client, wanted: WorkflowStart): Promise<void> =>
  withDeadline(client, async () => {
    try {
      await start(client, wanted, 'REJECT_DUPLICATE');
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      if (await isOurs(client, wanted)) return;
      await endIfRunning(client, { workflowId: wanted.workflowId }, idGivenAnew);
      await startAgain(client, wanted);
    }
  });
