import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  isGrpcDeadlineError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { CommandResult } from '../../workflows/ticket/messages.ts';
import { answerOf, versionOf } from '../helpdesk/command-target.service.ts';
import { changesSince } from '../helpdesk/timeline.service.ts';
import { asAppError } from '../http/as-app-error.ts';
import { AppError } from '../http/problem.ts';
import { dropNote } from '../messaging/notes.service.ts';
import { isBetweenRuns } from './send-update.ts';

const pollMs = 25;

/** A command that came back with an error. */
export interface Lost {
  number: string;
  /** The version that the sender saw. */
  seen: number;
  /** The sender, who reads the answer. */
  readerId: number;
  updateId: string;
  noteId: number | null;
  /** Milliseconds to wait for the change of the sender who was faster. */
  forTheWinner: number;
}

/** The result of a command whose answer was lost but which was carried out. @throws AppError for every other one. */
export const outcomeOf = async (em: EntityManager, lost: Lost, error: unknown): Promise<CommandResult> => {
  const { number, seen, updateId, noteId } = lost;
  const answer = await answerOf(em, number, updateId);
  if (answer) return answer;
  if (hadNoEffect(error) && noteId !== null) await dropNote(em.fork(), noteId);
  if (isBetweenRuns(error)) throw notReady(error);
  const known = asAppError(error);
  const cameTooLate = error instanceof WorkflowNotFoundError && (await versionOf(em, number)) !== seen;
  if (cameTooLate || known.code === 'version_conflict') throw await conflict(em, lost);
  throw isUnanswered(error) ? unanswered(error) : known;
};

// After any other error, such as a timeout, the command may still be carried out.
const hadNoEffect = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError;

const isUnanswered = (error: unknown): boolean =>
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error);

const unanswered = (cause: unknown): AppError =>
  new AppError(
    'unavailable',
    'The workflow of this ticket does not answer now. Your command may still be carried out: look at the ticket before you send it again.',
    { cause, retryAfter: 5 },
  );

const notReady = (cause: unknown): AppError =>
  new AppError('unavailable', 'The workflow of this ticket begins anew. Send your command again in a moment.', {
    cause,
    retryAfter: 2,
  });

/** The current version. While it is still the one that the sender saw, waits up to `time` for the next one. */
const versionBeyond = async (em: EntityManager, number: string, seen: number, time: number): Promise<number> => {
  const end = Date.now() + time;
  for (;;) {
    const version = await versionOf(em, number);
    if (version !== seen || Date.now() > end) return version;
    await setTimeout(pollMs);
  }
};

/** The error for a sender who saw another version, with the changes since. `forTheWinner`: as in `Lost`. */
export const conflict = async (
  em: EntityManager,
  { number, seen, readerId, forTheWinner: time }: Pick<Lost, 'number' | 'seen' | 'readerId' | 'forTheWinner'>,
): Promise<AppError> => {
  const version = await versionBeyond(em, number, seen, time);
  if (version === seen)
    return new AppError('unavailable', 'Somebody else is just acting on this ticket. Look at it again in a moment.', {
      retryAfter: 2,
    });
  const changes = await changesSince(em.fork(), number, seen, readerId);
  return new AppError(
    'version_conflict',
    'The ticket has changed since you loaded it. Look at what is new, then decide again.',
    { details: { version, changes } },
  );
};
