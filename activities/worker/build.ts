import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { WorkflowBundleOption } from '@temporalio/worker';

/** The deployment that all workers of the product belong to; each build of the workflow code is one of its versions. */
export const deploymentName = 'ticket-tracking';

const codeOf = async (bundle: WorkflowBundleOption): Promise<string> =>
  'code' in bundle ? bundle.code : readFile(bundle.codePath, 'utf8');

/**
 * What tells one build of the workflow code from another. The activities do not count: any build of them serves every
 * ticket, only the workflow code has to go on where the last build was.
 */
export const buildIdOf = async (bundle: WorkflowBundleOption): Promise<string> =>
  createHash('sha256')
    .update(await codeOf(bundle))
    .digest('hex')
    .slice(0, 16);
