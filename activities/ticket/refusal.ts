import { ApplicationFailure } from '@temporalio/activity';
import { AppError } from '../../api/http/problem.ts';

/**
 * Turns a refusal into the failure type that the workflow knows. For a command a refusal is final; for a change that the
 * workflow makes by itself it is retried like any other error.
 */
export const withTypedRefusals = async <Result>(work: Promise<Result>): Promise<Result> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw ApplicationFailure.create({ message: error.message, type: error.code });
  }
};
