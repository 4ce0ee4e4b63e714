import { inject } from 'vitest';
import { installRuntime, type RunningWorkers, runWorkers } from '../activities/worker/run-workers.ts';
import { createApp } from '../api/app.ts';
import type { Config } from '../api/config.ts';
import { type Context, createContext } from '../api/context.ts';
import { createRelay, type Relay } from '../api/db/outbox/relay.ts';
import { keepFillingMailBatches } from '../api/notification/fill-mail-batches.ts';
import { startWorkflow } from '../api/temporal/start-workflow.ts';
import { freshDatabase, freshNamespace, testConfig } from './stack.ts';

export interface TestSystem {
  context: Context;
  app: ReturnType<typeof createApp>;
  relay: Relay;
  workers: RunningWorkers;
  close(): Promise<void>;
}

let installed = false;

const installOnce = (context: Context): void => {
  if (!installed) installRuntime(context.log);
  installed = true;
};

/** Runs the whole product in this process, on its own database and namespace: API, relay and workers for all queues. */
export const startSystem = async (overrides: Partial<Config> = {}): Promise<TestSystem> => {
  const [database, namespace] = await Promise.all([freshDatabase(), freshNamespace()]);
  const config = testConfig({ DATABASE_URL: database.url, TEMPORAL_NAMESPACE: namespace, ...overrides });
  const context = await createContext(config, 'test');
  installOnce(context);
  const { orm, log, temporal } = context;
  const relay = createRelay({
    orm,
    log,
    databaseUrl: config.DATABASE_URL,
    start: (entry) => startWorkflow(temporal, entry),
  });
  const mailBatches = keepFillingMailBatches(context);
  // Without worker versioning, which would cost each test file a second. tests/releases covers it.
  const workers = await runWorkers(context, { workflowBundle: { codePath: inject('workflowBundlePath') } });
  return {
    context,
    app: createApp(context),
    relay,
    workers,
    async close() {
      await mailBatches.stop();
      await relay.stop();
      await workers.stop();
      await context.close();
      await database.drop();
    },
  };
};
