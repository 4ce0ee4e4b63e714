import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import type { Config } from './config.ts';
import type { WorkflowStart } from './db/outbox.ts';

type Settings = Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE' | 'TEMPORAL_API_KEY'>;

/** A client that connects when it is first used, so that the API starts and reads while Temporal is away. */
export const createTemporalClient = (config: Settings): Client => {
  const apiKey = config.TEMPORAL_API_KEY;
  const connection = Connection.lazy({ address: config.TEMPORAL_ADDRESS, ...(apiKey ? { apiKey, tls: true } : {}) });
  return new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
};

/** No call to Temporal may hold its caller longer than this; the client's own patience is 40 seconds and more. */
export const callDeadline = 5_000;

export const withDeadline = <Result>(client: Client, call: () => Promise<Result>): Promise<Result> =>
  client.withDeadline(Date.now() + callDeadline, call);

const keywords = (pairs: Record<string, string>): TypedSearchAttributes =>
  new TypedSearchAttributes(
    Object.entries(pairs).map(([name, value]) => ({
      key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
      value,
    })),
  );

/**
 * Starts what an outbox row names, once: a workflow with this id that runs or has run is left as it is.
 * @throws WorkflowExecutionAlreadyStartedError when it ran before; a gRPC error when Temporal is away.
 */
export const startWorkflow = async (client: Client, start: WorkflowStart): Promise<void> => {
  await withDeadline(client, () =>
    client.workflow.start(start.workflowType, {
      workflowId: start.workflowId,
      taskQueue: start.taskQueue,
      args: start.args,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      // What a worker had in hand when it died is given to another one after this.
      workflowTaskTimeout: '5 seconds',
      ...(start.summary ? { staticSummary: start.summary } : {}),
      ...(start.searchAttributes ? { typedSearchAttributes: keywords(start.searchAttributes) } : {}),
    }),
  );
};
