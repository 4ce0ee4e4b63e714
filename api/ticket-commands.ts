import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  isGrpcDeadlineError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ticketWorkflowId } from '../workflows/names.ts';
import type { Command } from '../workflows/ticket/commands.ts';
import { commandUpdate } from '../workflows/ticket/messages.ts';
import type { Context } from './context.ts';
import { changesSince, currentVersion } from './helpdesk/history.service.ts';
import { asAppError } from './http/as-app-error.ts';
import { AppError } from './http/problem.ts';
import { dropRemark, putDownRemark } from './messaging/remarks.service.ts';
import type { SendCommand } from './ports.ts';
import { withDeadline } from './temporal.ts';

/** Commands go to the flow as updates; what people said with them stays in PostgreSQL. */
export const createSendCommand =
  ({ temporal }: Pick<Context, 'temporal'>): SendCommand =>
  async (em, number, command, text) => {
    if ((await currentVersion(em, number)) !== command.version) throw await conflict(em, number, command.version);
    const remarkId =
      text === undefined ? null : await putDownRemark(em, { ticketNumber: number, authorId: command.actorId, text });
    // The API gives a remark to each kind of command that has one, and to no other.
    const args = (remarkId === null ? command : { ...command, remarkId }) as Command;
    try {
      const handle = temporal.workflow.getHandle(ticketWorkflowId(number));
      const options = { args: [args] as [Command], updateId: randomUUID() };
      const result = await withDeadline(temporal, () => handle.executeUpdate(commandUpdate(command.kind), options));
      return { number, ...result };
    } catch (error) {
      // Only a refusal is certain to have had no effect; after a timeout the command may still be carried out.
      if (error instanceof WorkflowUpdateFailedError && remarkId !== null) await dropRemark(em, remarkId);
      const known = asAppError(error);
      if (known.code === 'version_conflict') throw await conflict(em, number, command.version);
      throw isUnanswered(error) ? unanswered(error) : known;
    }
  };

const isUnanswered = (error: unknown): boolean =>
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error);

const unanswered = (cause: unknown): AppError =>
  new AppError(
    'unavailable',
    'The flow of this ticket does not answer now. Your command may still be carried out: look at the ticket before you send it again.',
    { cause, retryAfter: 5 },
  );

const conflict = async (em: EntityManager, number: string, seen: number): Promise<AppError> => {
  const fork = em.fork();
  const [version, changes] = [await currentVersion(fork, number), await changesSince(fork, number, seen)];
  return new AppError(
    'version_conflict',
    'The ticket has changed since you loaded it. Look at what is new, then decide again.',
    { details: { version, changes } },
  );
};
