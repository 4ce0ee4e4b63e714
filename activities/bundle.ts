import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Log } from '../api/log.ts';
import { temporalLogger } from './run-workers.ts';

const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

/** The workflow code as one file for the sandbox; all workers of a process share it. */
export const bundleWorkflows = (log: Log): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({ workflowsPath, logger: temporalLogger(log) });
