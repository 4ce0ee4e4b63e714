import { asAppError } from '../../api/http/as-app-error.ts';
import type { Log } from '../../api/operations/log.ts';

/** Something that must not be put right blindly; the message says what was found. */
export class Unmendable extends Error {
  override name = 'Unmendable';
  /** What an admin can do about it, in a sentence. */
  readonly todo: string;

  constructor(found: string, todo = theRowWins) {
    super(found);
    this.todo = todo;
  }
}

const theRowWins =
  'If the ticket is right in the database, terminate its workflow in Temporal Web: it is then started again from the row. Else put the row back from a backup.';

/**
 * Notes what cannot be put right, with what to do: it must not hold up what can.
 * @throws the error again when it passes by itself, because PostgreSQL or Temporal is away.
 */
export const reportUnmendable = (log: Log, about: Record<string, unknown>, error: unknown): void => {
  if (error instanceof Unmendable) {
    const { message: found, todo } = error;
    log.error({ ...about, found, todo }, 'ticket and workflow do not agree, and this must not be put right blindly');
    return;
  }
  if (asAppError(error).code === 'unavailable') throw error;
  const todo = 'Look at the error; the reconciler tries it again at its next look.';
  log.error({ ...about, error, todo }, 'something could not be compared or put right');
};
