// The worker as it is, but for two things that no test can do from outside: it runs a bundle that it is given, and it
// dies right after certain activities. `node worker.ts BUNDLE [DEATHS TYPE,TYPE…]`
import { createActivities } from '../../../activities/index.ts';
import { buildIdOf } from '../../../activities/worker/build.ts';
import { keepCurrent } from '../../../activities/worker/keep-current.ts';
import { installRuntime, runWorkers } from '../../../activities/worker/run-workers.ts';
import { readConfig } from '../../../api/config.ts';
import { createContext } from '../../../api/context.ts';
import { mortal } from './mortal.ts';

const [codePath = '', deaths, types = ''] = process.argv.slice(2);

const context = await createContext(readConfig(), 'worker');
installRuntime(context.log);
const workflowBundle = { codePath };
const buildId = await buildIdOf(workflowBundle);
const all = createActivities(context);
const activities = deaths === undefined ? all : mortal(all, types.split(','), deaths);
const workers = await runWorkers(context, { workflowBundle, activities, buildId });
const current = keepCurrent(context, buildId);
process.once('SIGTERM', () => void workers.stop());
// One that is to die may be dead before it hears that its build is current.
if (deaths === undefined) await current.known;
context.log.info({ buildId, pid: process.pid }, 'worker ready');

await workers.done;
await current.stop();
await context.close();
