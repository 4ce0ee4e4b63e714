import { ApplicationFailure } from '@temporalio/activity';
import { AppError } from '../../api/http/problem.ts';

/**
 * Gives a refusal the type by which the workflow knows it. The workflow decides whether it is final: for a command it is, for
 * what the workflow itself wants it is a fault like any other.
 */
export const withTypedRefusals = async <Result>(work: Promise<Result>): Promise<Result> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw ApplicationFailure.create({ message: error.message, type: error.code });
  }
};
