import { ApplicationFailure } from '@temporalio/activity';
import { asAppError } from '../../api/http/as-app-error.ts';
import { AppError } from '../../api/http/problem.ts';

/** Something must be seeded first: the words of the setup guide, and the command that mends it. */
export const seedFirst = (what: string, command: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`${what}. Run: npm run seed -- ${command}`, 'seed_first');

/** Another workflow brings it about; worth another try. */
export const notYet = (what: string): ApplicationFailure => ApplicationFailure.retryable(what, 'not_yet');

// Read by whoever watches the bar, who cannot see our logs.
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
    // A neighbour has just written the same row: the next try finds it.
    case 'version_conflict':
    case 'internal':
      return error;
    default:
      return ApplicationFailure.create({ message: known.message, type: known.code, nonRetryable: true, cause: known });
  }
};

/** Gives the errors of an activity words that help, and ends the tries where another one cannot help. */
export const explained =
  <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
  async (...args: Args): Promise<Result> => {
    try {
      return await work(...args);
    } catch (error) {
      throw asFailure(error);
    }
  };
