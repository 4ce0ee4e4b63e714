import { orExit, readConfig } from '../api/config.ts';
import { createContext } from '../api/context.ts';
import { waitUntilThere } from '../api/operations/wait.ts';
import { temporalProblem } from '../api/temporal/probe.ts';
import { buildIdOf } from './worker/build.ts';
import { workflowBundleOf } from './worker/bundle.ts';
import { serveHealth } from './worker/health.ts';
import { keepCurrent } from './worker/keep-current.ts';
import { installRuntime, runWorkers } from './worker/run-workers.ts';

// Who sends mails has to know where to.
const needed = ['PUBLIC_URL', 'SMTP_URL'] as const;
const config = orExit(() => readConfig(process.env, needed));
const [context, workflowBundle] = await Promise.all([createContext(config, 'worker'), workflowBundleOf(config)]);
const buildId = config.WORKER_BUILD_ID ?? (await buildIdOf(workflowBundle));
installRuntime(context.log, config.METRICS_ADDRESS);
await waitUntilThere(context.log, () => temporalProblem(context.temporal, config.TEMPORAL_ADDRESS));
const workers = await runWorkers(context, { workflowBundle, buildId });
const health = config.HEALTH_ADDRESS ? await serveHealth(config.HEALTH_ADDRESS, workers) : null;
const current = keepCurrent(context, buildId);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    context.log.info({ signal }, 'worker stopping');
    void workers.stop();
  });
}

void current.known.then(() =>
  context.log.info({ queues: config.WORKER_QUEUES, buildId, pid: process.pid }, 'worker ready'),
);
await workers.done;
await current.stop();
await health?.close();
await context.close();
