import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleWorkflowCode, type WorkflowBundle, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createLog, type Log } from '../../api/operations/log.ts';
import { temporalLogger } from './temporal-log.ts';

const run = promisify(execFile);

const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));
const mostBytes = 64 * 1024 * 1024;

/** The workflow code as one file for the sandbox; all workers of a process share it. */
export const bundleWorkflows = (log: Log): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({ workflowsPath, logger: temporalLogger(log) });

/** As `bundleWorkflows`, in a process of its own: the 150 MB that the bundler needs go with it. */
export const bundleApart = async (): Promise<WorkflowBundle> => {
  const { stdout } = await run(process.execPath, [fileURLToPath(import.meta.url)], { maxBuffer: mostBytes });
  return { code: stdout };
};

if (import.meta.main) process.stdout.write((await bundleWorkflows(createLog('bundle', 'silent'))).code);
