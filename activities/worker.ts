import { readConfig } from '../api/config.ts';
import { createContext } from '../api/context.ts';
import { buildIdOf } from './worker/build.ts';
import { workflowBundleOf } from './worker/bundle.ts';
import { keepCurrent } from './worker/keep-current.ts';
import { installRuntime, runWorkers } from './worker/run-workers.ts';

const config = readConfig();
const [context, workflowBundle] = await Promise.all([createContext(config, 'worker'), workflowBundleOf(config)]);
const buildId = config.WORKER_BUILD_ID ?? (await buildIdOf(workflowBundle));
installRuntime(context.log);
const workers = await runWorkers(context, { workflowBundle, buildId });
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
await context.close();
