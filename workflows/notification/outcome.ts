import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';

export interface Outcome {
  notificationId: number;
  isSent: boolean;
}

/** Why an activity's tries have ended. @throws the error when it is no activity's, or the workflow is cancelled. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
  const { cause } = error;
  // After three days the cause is the failure of the last try, whose type says nothing useful.
  return cause instanceof ApplicationFailure && cause.nonRetryable === true ? (cause.type ?? 'refused') : 'timeout';
};
