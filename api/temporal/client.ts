import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import type { Config } from '../config.ts';
import type { WorkflowStart } from '../db/outbox/enqueue.ts';

type Settings = Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE' | 'TEMPORAL_API_KEY'>;

/** Milliseconds from one look at a Temporal that is away to the next. */
const longestPause = 1_000;

// The client's own tries know nothing of the deadline: the call that they repeat ends by it, and not the pause before.
const triesUntilDeadline: ReturnType<typeof makeGrpcRetryInterceptor> = (options, nextCall) => {
  const { delayFunction, retryableDecider } = defaultGrpcRetryOptions({ maxAttempts: 30 });
  const timeLeft = () => Math.max(0, Number(options.deadline ?? Number.POSITIVE_INFINITY) - Date.now());
  return makeGrpcRetryInterceptor({
    retryableDecider,
    delayFunction: (attempt, status) => Math.min(delayFunction(attempt, status), longestPause, timeLeft()),
  })(options, nextCall);
};

/** A client that connects when it is first used, so that the API starts and reads while Temporal is away. */
export const createTemporalClient = (config: Settings): Client => {
  const apiKey = config.TEMPORAL_API_KEY;
  const connection = Connection.lazy({
    address: config.TEMPORAL_ADDRESS,
    interceptors: [triesUntilDeadline],
    // By itself it looks ever more seldom, up to every two minutes.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': longestPause },
    ...(apiKey ? { apiKey, tls: true } : {}),
  });
  return new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
};

/** No call to Temporal may hold its caller longer than this; the client's own patience is 40 seconds and more. */
export const callDeadline = 4_500;

export const withDeadline = <Result>(client: Client, call: () => Promise<Result>): Promise<Result> =>
  client.withDeadline(Date.now() + callDeadline, call);

const keywords = (pairs: Record<string, string>): TypedSearchAttributes =>
  new TypedSearchAttributes(
    Object.entries(pairs).map(([name, value]) => ({
      key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
      value,
    })),
  );

type ReusePolicy = 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE';

const begin = (client: Client, start: WorkflowStart, workflowIdReusePolicy: ReusePolicy): Promise<unknown> =>
  client.workflow.start(start.workflowType, {
    workflowId: start.workflowId,
    taskQueue: start.taskQueue,
    args: start.args,
    workflowIdReusePolicy,
    memo: { [tokenMemo]: start.token },
    // What a worker had in hand when it died is given to another one after this.
    workflowTaskTimeout: '5 seconds',
    ...(start.summary ? { staticSummary: start.summary } : {}),
    ...(start.searchAttributes ? { typedSearchAttributes: keywords(start.searchAttributes) } : {}),
  });

const tokenMemo = 'token';

/** The token of the fact that a workflow was started for; null when it was started by hand. */
export const tokenOf = ({ memo }: { memo?: Record<string, unknown> }): string | null => {
  const token = memo?.[tokenMemo];
  return typeof token === 'string' ? token : null;
};

/** Whether the newest workflow under this id was started for this very fact. */
export const isOurs = async (client: Client, { workflowId, token }: WorkflowStart): Promise<boolean> =>
  tokenOf(await client.workflow.getHandle(workflowId).describe()) === token;

/** Ends this run, or the newest one under the id; one that has ended, or that nobody knows, is left as it is. */
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

/** Starts it although a workflow of this id has run. @throws WorkflowExecutionAlreadyStartedError while one runs. */
export const beginAgain = async (client: Client, start: WorkflowStart): Promise<void> => {
  await begin(client, start, 'ALLOW_DUPLICATE');
};

const ofAnEarlierLife =
  'The database was put back to an older backup and has given this id to something else. Its workflow takes this place.';

/**
 * Starts what an outbox row names, once: its own workflow, running or ended, is left as it is. A workflow of an earlier life of
 * the database, which bears the same id and another token, gives way: else a fact of today would be taken for done.
 * @throws a gRPC error when Temporal is away.
 */
export const startWorkflow = (client: Client, start: WorkflowStart): Promise<void> =>
  withDeadline(client, async () => {
    try {
      await begin(client, start, 'REJECT_DUPLICATE');
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      if (await isOurs(client, start)) return;
      await endIfRunning(client, { workflowId: start.workflowId }, ofAnEarlierLife);
      await beginAgain(client, start);
    }
  });
