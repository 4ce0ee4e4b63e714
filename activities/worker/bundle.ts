import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  bundleWorkflowCode,
  type WorkflowBundle,
  type WorkflowBundleOption,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Config } from '../../api/config.ts';
import { createLog, type Log } from '../../api/operations/log.ts';
import { temporalLogger } from './temporal-log.ts';

const run = promisify(execFile);

const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));
const mostBytes = 64 * 1024 * 1024;

/** The workflow code as one file, for the sandbox. All workers of a process share it. */
export const bundleWorkflows = (log: Log): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({ workflowsPath, logger: temporalLogger(log) });

/** As `bundleWorkflows`, in a process of its own: when that ends, the 150 MB that the bundler needs are free again. */
export const bundleApart = async (): Promise<WorkflowBundle> => {
  const { stdout } = await run(process.execPath, [fileURLToPath(import.meta.url)], { maxBuffer: mostBytes });
  return { code: stdout };
};

/** The bundle in the file WORKFLOW_BUNDLE, or one that is made now. */
export const workflowBundleOf = async ({
  WORKFLOW_BUNDLE,
}: Pick<Config, 'WORKFLOW_BUNDLE'>): Promise<WorkflowBundleOption> =>
  WORKFLOW_BUNDLE === undefined ? bundleApart() : { codePath: WORKFLOW_BUNDLE };

if (import.meta.main) process.stdout.write((await bundleWorkflows(createLog('bundle', 'silent'))).code);
