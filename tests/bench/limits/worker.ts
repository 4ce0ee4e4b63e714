import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { readConfig } from '../../../api/config.ts';
import { bareQueue } from './names.ts';

// The limit of the rows in which a workflow is moved: a worker as the SDK gives it, with a workflow that does nothing.

const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = readConfig();
const logger = new DefaultLogger('WARN');
Runtime.install({ logger, shutdownSignals: [] });
const workflowsPath = fileURLToPath(new URL('./workflows.ts', import.meta.url));
const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, namespace, taskQueue: bareQueue, workflowBundle });
process.once('SIGTERM', () => worker.shutdown());
console.log('limit ready');
await worker.run();
await connection.close();
