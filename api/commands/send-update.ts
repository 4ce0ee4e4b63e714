import type { EntityManager } from '@mikro-orm/postgresql';
import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import pRetry from 'p-retry';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { type CommandResult, commandUpdate, renewing } from '../../workflows/ticket/messages.ts';
import type { Command } from '../../workflows/ticket/rules/commands/index.ts';
import { waitingIn } from '../db/outbox/enqueue.ts';

/** Whether a command was refused only because one run of its workflow has ended and the next one is not there yet. */
export const isBetweenRuns = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === renewing;

// Milliseconds. What keeps a command out passes within a second or so. The pauses matter: when something comes in just as a
// run ends, Temporal begins that end anew, so that who asks too often makes it later.
const pauses = { minTimeout: 20, maxTimeout: 250, factor: 2, retries: Number.POSITIVE_INFINITY };

/** Sends again, after pauses that grow, while it fails with what `passes`, or until then (milliseconds since 1970). */
export const sendAgain = <Result>(
  send: () => Promise<Result>,
  passes: (error: unknown) => boolean | Promise<boolean>,
  until: number,
): Promise<Result> =>
  pRetry(send, {
    ...pauses,
    maxRetryTime: Math.max(0, until - Date.now()),
    shouldRetry: ({ error }) => passes(error),
  });

interface UpdateParts {
  em: EntityManager;
  temporal: Client;
  number: string;
  command: Command;
  updateId: string;
  until: number;
}

/**
 * Sends a command to the ticket's workflow and waits for its answer. It is sent again, under the same id, between two runs
 * and while the workflow is still to be started. @throws what the workflow or Temporal answers at last.
 */
export const sendUpdate = ({ em, temporal, number, command, updateId, until }: UpdateParts): Promise<CommandResult> => {
  const workflowId = ticketWorkflowId(number);
  const handle = temporal.workflow.getHandle(workflowId);
  const options = { args: [command] as [Command], updateId };
  const send = () => handle.executeUpdate(commandUpdate(command.kind), options);
  // What has left the outbox by the time we look in there was started: it is asked once more.
  let isToCome = true;
  const passes = async (error: unknown): Promise<boolean> => {
    if (isBetweenRuns(error)) return true;
    if (!(error instanceof WorkflowNotFoundError) || !isToCome) return false;
    isToCome = (await waitingIn(em.fork(), [workflowId])).has(workflowId);
    return true;
  };
  return temporal.withDeadline(until, () => sendAgain(send, passes, until));
};
