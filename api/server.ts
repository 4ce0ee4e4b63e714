import { createApp } from './app.ts';
import { orExit, readConfig } from './config.ts';
import { createContext } from './context.ts';
import { outboxBacklog } from './db/outbox/backlog.ts';
import { createRelay } from './db/outbox/relay.ts';
import { listen } from './http/listen.ts';
import { keepFillingMailBatches } from './notification/fill-mail-batches.ts';
import { mailBacklog } from './notification/mail-backlog.ts';
import { createMetrics } from './operations/metrics/metrics.ts';
import { serveMetrics } from './operations/metrics/serve-metrics.ts';
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
const metrics = createMetrics({
  outbox: () => outboxBacklog(orm.em.fork()),
  mail: () => mailBacklog(orm.em.fork()),
});
const metricsServer = config.METRICS_ADDRESS ? await serveMetrics(config.METRICS_ADDRESS, metrics) : null;
const listener = listen({
  context,
  fetch: createApp(context, metrics).fetch,
  hostname: config.HOST,
  port: config.PORT,
  onReady: (port) => log.info({ port, pid: process.pid }, 'api ready'),
});

const stop = async (): Promise<void> => {
  await listener.stop();
  await metricsServer?.close();
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
