import { type Client, isGrpcServiceError } from '@temporalio/client';
import { withDeadline } from './client.ts';

// gRPC's numbers for what another look may find mended: cancelled, deadline exceeded, not found, unavailable, and a key
// that is not taken.
const notFound = 5;
const passing = new Set([1, 4, notFound, 14, 16]);

/** Why nothing can be done at Temporal now, for those who run it; null when it is there, with the namespace. */
export const temporalProblem = async (client: Client, address: string): Promise<string | null> => {
  const { namespace } = client.options;
  try {
    await withDeadline(client, () => client.workflowService.describeNamespace({ namespace }));
    return null;
  } catch (error) {
    // Whoever may not look at the namespace may still work in it.
    if (!isGrpcServiceError(error) || !passing.has(error.code)) return null;
    if (error.code === notFound) return `Temporal at ${address} has no namespace ${namespace} (TEMPORAL_NAMESPACE).`;
    return `Temporal at ${address} (TEMPORAL_ADDRESS) does not answer: ${error.details}.`;
  }
};
