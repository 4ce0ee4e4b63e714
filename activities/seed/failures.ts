import { ApplicationFailure } from '@temporalio/activity';
import { asAppError } from '../../api/http/as-app-error.ts';
import { AppError } from '../../api/http/problem.ts';

/** Something must be seeded first. The text is the setup guide's, with the command to run. */
export const seedFirst = (what: string, command: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`${what}. Run: npm run seed -- ${command}`, 'seed_first');

/** Another workflow is still working on it, so retry. */
export const notYet = (what: string): ApplicationFailure => ApplicationFailure.retryable(what, 'not_yet');

// The person at the progress bar reads this and cannot see our logs.
const asFailure = (error: unknown): unknown => {
  if (error instanceof ApplicationFailure) return error;
  const known = asAppError(error);
  switch (known.code) {
    case 'unavailable':
      return ApplicationFailure.create({
        message:
          error instanceof AppError ? error.message : 'PostgreSQL does not answer. Start it, or mend DATABASE_URL.',
        type: known.code,
        cause: known,
      });
    // Another activity has just written the same row. The retry finds it.
    case 'version_conflict':
    case 'internal':
      return error;
    default:
      return ApplicationFailure.create({ message: known.message, type: known.code, nonRetryable: true, cause: known });
  }
};

/** Turns an activity's errors into helpful texts, and stops retrying where it cannot help. */
export const explained =
  <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
  async (...args: Args): Promise<Result> => {
    try {
      return await work(...args);
    } catch (error) {
      throw asFailure(error);
    }
  };
