import { readConfig } from '../api/config.ts';
import { createContext } from '../api/context.ts';
import { bundleWorkflows } from './bundle.ts';
import { installRuntime, runWorkers } from './run-workers.ts';

const config = readConfig();
const context = await createContext(config, 'worker');
installRuntime(context.log);
const workers = await runWorkers(context, await bundleWorkflows(context.log));
context.log.info({ queues: config.WORKER_QUEUES, pid: process.pid }, 'worker ready');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    context.log.info({ signal }, 'worker stopping');
    void workers.stop();
  });
}

await workers.done;
await context.close();
