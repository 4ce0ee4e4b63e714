import { isGrpcServiceError, WorkflowFailedError } from '@temporalio/client';
import { TerminatedFailure } from '@temporalio/common';

/** Why the seeding failed, for the person at the terminal. */
export class SeedProblem extends Error {
  override name = 'SeedProblem';
}

const innermost = (error: Error): Error => (error.cause instanceof Error ? innermost(error.cause) : error);

// gRPC status codes: cancelled, deadline exceeded, unavailable.
const away = new Set([1, 4, 14]);

/** Turns an error of the client into a sentence that says what to do. Unknown errors stay unchanged. */
export const explainError = (error: unknown, address: string): unknown => {
  if (error instanceof WorkflowFailedError) {
    const cause = innermost(error);
    return new SeedProblem(
      cause instanceof TerminatedFailure ? 'The seeding was ended by hand in Temporal.' : cause.message,
      { cause: error },
    );
  }
  if (isGrpcServiceError(error) && away.has(error.code)) {
    return new SeedProblem(
      `Temporal does not answer at ${address}. Start it (npm start), or set TEMPORAL_ADDRESS to where it is.`,
      { cause: error },
    );
  }
  return error;
};
