import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  isGrpcDeadlineError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { commandUpdate } from '../../workflows/ticket/messages.ts';
import type { Command } from '../../workflows/ticket/rules/commands.ts';
import { whyNotNow } from '../../workflows/ticket/rules/why-not.ts';
import type { Context } from '../context.ts';
import { sendWith } from '../db/prepared.ts';
import { askTogether, question } from '../db/statements.ts';
import { changesSince, foundStanding, standing, standingWith, standsAt } from '../helpdesk/timeline.service.ts';
import { asAppError } from '../http/as-app-error.ts';
import { AppError } from '../http/problem.ts';
import { dropNote, noteIf, type PutDown, saidNote, soonOnDisk } from '../messaging/notes.service.ts';
import { callDeadline } from '../temporal/client.ts';
import { againBetweenRuns, isBetweenRuns } from './between-runs.ts';
import { createLine } from './in-line.ts';
import { onceStarted } from './once-started.ts';
import type { Gate, SendCommand } from './ports.ts';

/** How long a command waits for others, in milliseconds. */
const patience = {
  // Temporal takes ten updates of one workflow at once; more of them make it drop the task that carries one out, and the
  // winner would not hear of it. In line, those who come too late find the new version before they reach Temporal.
  inLine: 4_000,
  // Another process has its own line. When the workflow refuses our command because it is just writing that one's, who lost
  // wants to know to what: it is there in a moment, or PostgreSQL is in trouble.
  forTheWinner: 1_000,
};
const lookAgain = 25;

/** Commands go to the workflow as updates; what people said with them stays in PostgreSQL. */
export const createSendCommand = (
  { temporal }: Pick<Context, 'temporal'>,
  { inLine: longestLine, forTheWinner } = patience,
): SendCommand => {
  const inLine = createLine(longestLine);

  const send = async (until: number, ...asked: Parameters<SendCommand>): ReturnType<SendCommand> => {
    const [em, number, command] = asked;
    const note = await lookAt(...asked);
    // The API gives a note to each kind of command that has one, and to no other.
    const args = (note === null ? command : { ...command, noteId: note.id }) as Command;
    const updateId = randomUUID();
    try {
      const workflowId = ticketWorkflowId(number);
      const handle = temporal.workflow.getHandle(workflowId);
      const options = { args: [args] as [Command], updateId };
      const update = () => handle.executeUpdate(commandUpdate(command.kind), options);
      const toOneRun = () => againBetweenRuns(update, until);
      const result = await temporal.withDeadline(until, () => onceStarted(em, workflowId, toOneRun, until));
      return { number, ...result };
    } catch (error) {
      const result = await whatBecameOf(em, { number, seen: command.version, updateId, note, forTheWinner }, error);
      return result ?? (await send(until, ...asked));
    }
  };

  return (em, number, ...rest) => {
    // The time in line counts, too.
    const until = Date.now() + callDeadline;
    return inLine(number, () => send(until, em, number, ...rest));
  };
};

const open: Gate = { asked: question('select'), admit: async () => undefined };
const nothingSaid = question<{ id: number }>('select null::int as id where false');

/**
 * Looks at the ticket before the workflow does, and puts down what is said with the command, all in one trip to PostgreSQL.
 * Answers the note. @throws AppError for what the workflow need not be asked; then nothing was said.
 */
const lookAt = async (
  ...[em, number, command, text, gate = open]: Parameters<SendCommand>
): Promise<PutDown | null> => {
  const { actorId: authorId, version } = command;
  const ours = { ticketNumber: number, authorId };
  const says = text === undefined ? [] : [noteIf({ ...ours, text }, standsAt(number, version))];
  const { tickets, passes, said } = await askTogether(
    sendWith(em),
    {
      tickets: standingWith(em, number),
      passes: gate.asked,
      said: text === undefined ? nothingSaid : saidNote,
      soonOnDisk,
    },
    says,
  );
  const note = said[0] ? { ...ours, id: said[0].id } : null;
  try {
    await gate.admit(passes);
    const { facts, state } = foundStanding(em, number, tickets);
    if (state.version !== version) throw await conflict(em, number, version, 0);
    // The workflow of a ticket that is over has ended and answers nobody.
    if (state.phase.at === 'over')
      throw new AppError('not_allowed', whyNotNow(facts, state, null, command)?.why ?? 'This ticket is over.');
  } catch (error) {
    if (note !== null) await dropNote(em, note);
    throw error;
  }
  return note;
};

interface Sent {
  number: string;
  /** The version that the sender saw. */
  seen: number;
  updateId: string;
  note: PutDown | null;
  forTheWinner: number;
}

/**
 * The result of a command of which only the answer was lost; null for one that had no effect and whose note was lost:
 * it can be sent anew. @throws AppError for every other one.
 */
const whatBecameOf = async (em: EntityManager, sent: Sent, error: unknown) => {
  const { number, seen, updateId, note } = sent;
  const { changeId, status, version } = (await standing(em, number)).state;
  if (changeId === updateId) return { number, status, version };
  if (hadNoEffect(error) && note !== null && !(await dropNote(em, note))) return null;
  if (isBetweenRuns(error)) throw notReady(error);
  const known = asAppError(error);
  const cameTooLate = error instanceof WorkflowNotFoundError && version !== seen;
  if (cameTooLate || known.code === 'version_conflict') throw await conflict(em, number, seen, sent.forTheWinner);
  throw isUnanswered(error) ? unanswered(error) : known;
};

// After anything else, a timeout for one, the command may still be carried out.
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

/** The version that stands, or, when it is still the one that the sender saw, the one that comes within this time. */
const versionBeyond = async (em: EntityManager, number: string, seen: number, time: number): Promise<number> => {
  const end = Date.now() + time;
  for (;;) {
    const { version } = (await standing(em, number)).state;
    if (version !== seen || Date.now() > end) return version;
    await setTimeout(lookAgain);
  }
};

const conflict = async (em: EntityManager, number: string, seen: number, time: number): Promise<AppError> => {
  const version = await versionBeyond(em, number, seen, time);
  if (version === seen)
    return new AppError('unavailable', 'Somebody else is just acting on this ticket. Look at it again in a moment.', {
      retryAfter: 2,
    });
  const changes = await changesSince(em.fork(), number, seen);
  return new AppError(
    'version_conflict',
    'The ticket has changed since you loaded it. Look at what is new, then decide again.',
    { details: { version, changes } },
  );
};
