import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { Config } from '../config.ts';
import { withoutProxy } from './without-proxy.ts';

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
    channelArgs: {
      ...withoutProxy(config.TEMPORAL_ADDRESS),
      'grpc.initial_reconnect_backoff_ms': 250,
      'grpc.max_reconnect_backoff_ms': longestPause,
    },
    ...(apiKey ? { apiKey, tls: true } : {}),
  });
  return new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
};

/** No call to Temporal may hold its caller for more milliseconds; the client's own patience is 40 seconds and more. */
export const callDeadline = 4_500;

export const withDeadline = <Result>(client: Client, call: () => Promise<Result>): Promise<Result> =>
  client.withDeadline(Date.now() + callDeadline, call);
