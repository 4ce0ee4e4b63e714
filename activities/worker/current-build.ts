import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { withDeadline } from '../../api/temporal/client.ts';
import { deploymentName } from './build.ts';

// gRPC's numbers: the deployment or the build is not known yet; the build has no worker yet, or none for some queue.
const notFound = 5;
const failedPrecondition = 9;

const failedWith = (error: unknown, ...codes: number[]): boolean =>
  isGrpcServiceError(error) && codes.includes(error.code);

/** The build that Temporal gives the tickets to; null when none was ever made current. */
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
 * Makes this build current: from their next step on all tickets run on its workers. Waits for a worker of the build
 * where there is none yet, for each queue that the last build served.
 * @throws the refusal of Temporal when none comes in time.
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
