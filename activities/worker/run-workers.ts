import { NativeConnection, Runtime, Worker, type WorkerOptions, type WorkflowBundleOption } from '@temporalio/worker';
import type { Context } from '../../api/context.ts';
import type { Log } from '../../api/operations/log.ts';
import { showPresence } from '../../api/operations/worker-presence.ts';
import { queues } from '../../workflows/names.ts';
import { createActivities } from '../index.ts';
import { deploymentName } from './build.ts';
import { withoutForeignText } from './failures.ts';
import { temporalLogger } from './temporal-log.ts';

// Prometheus counts in seconds, and says so in the names.
const namesOfPrometheus = { countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true };

/** To be called once in a process, before the first worker is made. With an address the SDK shows its metrics there. */
export const installRuntime = (log: Log, metricsAddress?: string): void => {
  // The process handles signals itself: it stops the workers, then closes the database.
  const metrics = metricsAddress && { prometheus: { bindAddress: metricsAddress, ...namesOfPrometheus } };
  Runtime.install({
    logger: temporalLogger(log),
    shutdownSignals: [],
    ...(metrics ? { telemetryOptions: { metrics } } : {}),
  });
};

export interface RunningWorkers {
  /** Settles when all workers have stopped; rejects when one failed. */
  done: Promise<void>;
  /** Whether each of them takes tasks. */
  areRunning(): boolean;
  /** Lets running activities finish, for up to ten seconds, and stops. */
  stop(): Promise<void>;
}

export interface WorkerPlan {
  workflowBundle: WorkflowBundleOption;
  activities?: object;
  /** The build that is announced to Temporal. Left out: workers without versions, which nobody has to make current. */
  buildId?: string;
}

// Tickets wait long and often for their next command. Syncs and mails run to their end at once, so keeping them would only
// take memory.
const cachedElsewhere = 20;

// A slow mail server holds so many connections of a worker at most, and no other mail waits for it.
const mailsAtOnce = 8;

/** Running tickets move to a new build when it is made current, so new code must be able to replay their histories. */
const versionOf = (buildId: string): WorkerOptions['workerDeploymentOptions'] => ({
  version: { deploymentName, buildId },
  useWorkerVersioning: true,
  defaultVersioningBehavior: 'AUTO_UPGRADE',
});

/** Serves the queues of the configuration in this process. @throws when Temporal cannot be reached. */
export const runWorkers = async (
  context: Context,
  { workflowBundle, activities = createActivities(context), buildId }: WorkerPlan,
): Promise<RunningWorkers> => {
  const { config } = context;
  const connection = await NativeConnection.connect({
    address: config.TEMPORAL_ADDRESS,
    ...(config.TEMPORAL_API_KEY ? { apiKey: config.TEMPORAL_API_KEY, tls: true } : {}),
  });
  const shared = {
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    activities,
    shutdownGraceTime: '10 seconds' as const,
    interceptors: { activity: [withoutForeignText(context.log)] },
  };
  // Mail is sent by whoever serves the notifications. Its queue has no workflows, so it has no version either.
  const mail = config.WORKER_QUEUES.includes('notification')
    ? [Worker.create({ ...shared, taskQueue: queues.mail, maxConcurrentActivityTaskExecutions: mailsAtOnce })]
    : [];
  const workers = await Promise.all([
    ...mail,
    ...config.WORKER_QUEUES.map((taskQueue) =>
      Worker.create({
        ...shared,
        taskQueue,
        workflowBundle,
        maxCachedWorkflows: taskQueue === 'workflow' ? config.CACHED_WORKFLOWS : cachedElsewhere,
        // When a worker dies, its workflows go to another one after this time. The default is ten seconds.
        stickyQueueScheduleToStartTimeout: '2 seconds',
        ...(buildId === undefined ? {} : { workerDeploymentOptions: versionOf(buildId) }),
      }),
    ),
  ]);
  const presence = showPresence({ databaseUrl: config.DATABASE_URL, queues: config.WORKER_QUEUES, log: context.log });
  const done = Promise.all(workers.map((worker) => worker.run()))
    .finally(() => presence.end())
    .then(() => connection.close());
  return {
    done,
    areRunning: () => workers.every((worker) => worker.getState() === 'RUNNING'),
    async stop() {
      await presence.end();
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
    },
  };
};
