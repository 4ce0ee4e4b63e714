import { createApp } from './app.ts';
import { orExit, readConfig } from './config.ts';
import { createContext } from './context.ts';
import { createRelay } from './db/outbox/relay.ts';
import { listen } from './http/listen.ts';
import { keepFillingMailBatches } from './notification/fill-mail-batches.ts';
import { keepReconciling } from './operations/reconcile-trigger.ts';
import { startWorkflow } from './temporal/start-workflow.ts';

const config = orExit(readConfig);
const context = await createContext(config, 'api');
const { log, orm, temporal } = context;
const relay = createRelay({
  orm,
  log,
  databaseUrl: config.DATABASE_URL,
  start: (entry) => startWorkflow(temporal, entry),
});
const mailBatches = keepFillingMailBatches(context);
const reconciling = keepReconciling(context);
const listener = listen({
  context,
  fetch: createApp(context).fetch,
  hostname: config.HOST,
  port: config.PORT,
  onReady: (port) => log.info({ port, pid: process.pid }, 'api ready'),
});

const stop = async (): Promise<void> => {
  await listener.stop();
  await reconciling.stop();
  await mailBatches.stop();
  await relay.stop();
  await context.close();
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    log.info({ signal }, 'api stopping');
    stop().catch((error) => {
      log.error({ error }, 'api did not stop cleanly');
      process.exit(1);
    });
  });
}
