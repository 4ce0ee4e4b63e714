import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { readConfig } from '../../../api/config.ts';
import { bareQueue } from './names.ts';

// The limit of the rows with workflows: a plain SDK worker with a workflow that does nothing.

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
