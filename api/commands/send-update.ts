import type { EntityManager } from '@mikro-orm/postgresql';
import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import pRetry from 'p-retry';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { type CommandResult, commandUpdate, renewing } from '../../workflows/ticket/messages.ts';
import type { Command } from '../../workflows/ticket/rules/commands/index.ts';
import type { WorkflowStart } from '../db/outbox/enqueue.ts';
import { startNow } from '../db/outbox/start-now.ts';
import { startWorkflow } from '../temporal/start-workflow.ts';

/** Whether a command was refused only because one run of its workflow has ended and the next has not started. */
export const isBetweenRuns = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === renewing;

// Milliseconds. The next run is usually ready within a second. The pauses matter: when an update arrives just as a run ends,
// Temporal starts ending it again, so retrying too often delays it.
const pauses = { minTimeout: 20, maxTimeout: 250, factor: 2, retries: Number.POSITIVE_INFINITY };

/** Retries with growing pauses while `isTransient` says so, until the deadline (milliseconds since 1970). */
export const sendAgain = <Result>(
  send: () => Promise<Result>,
  isTransient: (error: unknown) => boolean | Promise<boolean>,
  until: number,
): Promise<Result> =>
  pRetry(send, {
    ...pauses,
    maxRetryTime: Math.max(0, until - Date.now()),
    shouldRetry: ({ error }) => isTransient(error),
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
 * Sends a command to the ticket's workflow and waits for its answer. It retries with the same id between two runs. A workflow
 * that still waits in the outbox is started at once. @throws the last error of the workflow or Temporal.
 */
export const sendUpdate = ({ em, temporal, number, command, updateId, until }: UpdateParts): Promise<CommandResult> => {
  const workflowId = ticketWorkflowId(number);
  const handle = temporal.workflow.getHandle(workflowId);
  const options = { args: [command] as [Command], updateId };
  const send = () => handle.executeUpdate(commandUpdate(command.kind), options);
  const start = (wanted: WorkflowStart) => startWorkflow(temporal, wanted);
  // When the start has left the outbox, the relay has just started the workflow, so retry once more.
  let mayStillStart = true;
  const isTransient = async (error: unknown): Promise<boolean> => {
    if (isBetweenRuns(error)) return true;
    if (!(error instanceof WorkflowNotFoundError) || !mayStillStart) return false;
    mayStillStart = await startNow(em, workflowId, start);
    return true;
  };
  return temporal.withDeadline(until, () => sendAgain(send, isTransient, until));
};
