import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { withDeadline } from '../../api/temporal/client.ts';
import { deploymentName } from './build.ts';

// gRPC's numbers. Temporal does not know the deployment or the build yet; the build has no worker, or none for some queue.
const notFound = 5;
const failedPrecondition = 9;

const failedWith = (error: unknown, ...codes: number[]): boolean =>
  isGrpcServiceError(error) && codes.includes(error.code);

/** The build to which running tickets move; null when none was made current yet. */
export const currentBuild = async (client: Client): Promise<string | null> => {
  const { namespace } = client.options;
  try {
    const { workerDeploymentInfo } = await withDeadline(client, () =>
      client.workflowService.describeWorkerDeployment({ namespace, deploymentName }),
    );
    return workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId || null;
  } catch (error) {
    if (failedWith(error, notFound)) return null;
    throw error;
  }
};

const patienceMs = 60_000;
const pauseMs = 250;

/**
 * Makes this build current: each ticket moves to its workers with its next command or timer. Waits until the build has a
 * worker for every queue that the last build served. @throws the refusal of Temporal when that takes too long.
 */
export const makeCurrent = async (client: Client, buildId: string, withinMs = patienceMs): Promise<void> => {
  const { namespace } = client.options;
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      await withDeadline(client, () =>
        client.workflowService.setWorkerDeploymentCurrentVersion({ namespace, deploymentName, buildId }),
      );
      return;
    } catch (error) {
      if (!failedWith(error, notFound, failedPrecondition) || Date.now() > end) throw error;
      await sleep(pauseMs);
    }
  }
};
