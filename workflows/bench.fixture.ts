import { readFile } from 'node:fs/promises';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { inject } from 'vitest';
import { freshNamespace } from '../tests/stack.ts';
import { queues, searchAttributes } from './names.ts';

const logger = new DefaultLogger('ERROR');
// IndexedValueType of Temporal's API; we do not depend on the package that names it.
const keyword = 2;

/** The bundled workflow code, optionally edited. */
export const workflowCode = async (edit: (code: string) => string = (code) => code): Promise<{ code: string }> => ({
  code: edit(await readFile(inject('workflowBundlePath'), 'utf8')),
});

/** Logs errors only, because expected failures are warnings and would flood the report. */
export const installQuietRuntime = (): void => {
  const filter = makeTelemetryFilterString({ core: 'ERROR' });
  Runtime.install({ logger, telemetryOptions: { logging: { filter } } });
};

const timeSkippingServer = async (): Promise<TestWorkflowEnvironment> => {
  const path = inject('timeSkippingServerPath');
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.client.options.namespace,
    searchAttributes: Object.fromEntries(Object.values(searchAttributes).map((name) => [name, keyword])),
  });
  return env;
};

const realServer = async (): Promise<TestWorkflowEnvironment> =>
  TestWorkflowEnvironment.createFromExistingServer({
    address: inject('temporalAddress'),
    namespace: await freshNamespace(),
  });

export interface Bench {
  env: TestWorkflowEnvironment;
  stop(): Promise<void>;
}

export interface BenchOptions {
  activities: object;
  /** Time-skipping by default, where an hour passes at once. */
  server?: 'time-skipping' | 'real';
  /** Edits the code before it runs. */
  edit?: (code: string) => string;
}

/** All workflows on a server of their own, with these activities. */
export const startBench = async ({ activities, server, edit }: BenchOptions): Promise<Bench> => {
  installQuietRuntime();
  const [env, workflowBundle] = await Promise.all([
    server === 'real' ? realServer() : timeSkippingServer(),
    edit ? workflowCode(edit) : { codePath: inject('workflowBundlePath') },
  ]);
  const workers = await Promise.all(
    Object.values(queues).map((taskQueue) =>
      Worker.create({
        connection: env.nativeConnection,
        namespace: env.client.options.namespace,
        taskQueue,
        workflowBundle,
        activities,
      }),
    ),
  );
  const running = workers.map((worker) => worker.run());
  return {
    env,
    async stop() {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await env.teardown();
    },
  };
};
