import { readConfig } from '../api/config.ts';
import { createContext } from '../api/context.ts';
import { bundleApart } from './worker/bundle.ts';
import { installRuntime, runWorkers } from './worker/run-workers.ts';

const config = readConfig();
const { WORKFLOW_BUNDLE: codePath } = config;
const [context, bundle] = await Promise.all([
  createContext(config, 'worker'),
  codePath === undefined ? bundleApart() : { codePath },
]);
installRuntime(context.log);
const workers = await runWorkers(context, bundle);
context.log.info({ queues: config.WORKER_QUEUES, pid: process.pid }, 'worker ready');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    context.log.info({ signal }, 'worker stopping');
    void workers.stop();
  });
}

await workers.done;
await context.close();
