// The worker as it is, but for two things that no test can do from outside: it runs a bundle that it is given, and it
// dies right after certain activities. `node worker.ts BUNDLE [DEATHS TYPE,TYPE…]`
import { createActivities } from '../../../activities/index.ts';
import { installRuntime, runWorkers } from '../../../activities/worker/run-workers.ts';
import { readConfig } from '../../../api/config.ts';
import { createContext } from '../../../api/context.ts';
import { mortal } from './mortal.ts';

const [codePath = '', deaths, types = ''] = process.argv.slice(2);

const context = await createContext(readConfig(), 'worker');
installRuntime(context.log);
const activities = createActivities(context);
const workers = await runWorkers(
  context,
  { codePath },
  deaths === undefined ? activities : mortal(activities, types.split(','), deaths),
);
context.log.info({ pid: process.pid }, 'worker ready');
process.once('SIGTERM', () => void workers.stop());

await workers.done;
await context.close();
