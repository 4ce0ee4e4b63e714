import { NativeConnection, Worker } from '@temporalio/worker';
import { createLog } from '../api/log.ts';
import { flowOptions } from './lighten-flows.ts';
import { installRuntime } from './run-workers.ts';

// A worker in a process of its own, for flows that it may not outlive.

const [address = '', namespace = '', taskQueue = '', codePath = ''] = process.argv.slice(2);
installRuntime(createLog('worker', 'warn'));
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, namespace, taskQueue, workflowBundle: { codePath }, ...flowOptions });
process.once('SIGTERM', () => worker.shutdown());
await worker.run();
await connection.close();
