import { asAppError } from '../../api/http/as-app-error.ts';
import type { Log } from '../../api/operations/log.ts';

/** A difference that must not be repaired without a person; the message says what it is. */
export class Unmendable extends Error {
  override name = 'Unmendable';
  /** What an admin can do, in a sentence. */
  readonly todo: string;

  constructor(found: string, todo = theRowWins) {
    super(found);
    this.todo = todo;
  }
}

const theRowWins =
  'If the ticket is right in the database, terminate its workflow in Temporal Web; the reconciler then starts it again from the row. Otherwise restore the row from a backup.';

/**
 * Logs what cannot be repaired and what to do, so that the rest can go on.
 * @throws the same error when retrying helps, because PostgreSQL or Temporal is down.
 */
export const reportUnmendable = (log: Log, about: Record<string, unknown>, error: unknown): void => {
  if (error instanceof Unmendable) {
    const { message: found, todo } = error;
    log.error(
      { ...about, found, todo },
      'ticket and workflow do not agree; not repaired, because it is unclear which one is right',
    );
    return;
  }
  if (asAppError(error).code === 'unavailable') throw error;
  const todo = 'Look at the error. The reconciler tries again at its next check.';
  log.error({ ...about, error, todo }, 'could not compare or repair this');
};
