import type { EntityManager } from '@mikro-orm/postgresql';
import { WorkflowNotFoundError } from '@temporalio/client';
import { waitingIn } from '../db/outbox/enqueue.ts';
import { sendAgain } from './send-again.ts';

/**
 * Sends a command again while its workflow is only not there because the relay is still to start it, or until then.
 * @throws what `send` throws, WorkflowNotFoundError for a workflow that nobody is to start.
 */
export const onceStarted = <Result>(
  em: EntityManager,
  workflowId: string,
  send: () => Promise<Result>,
  until: number,
): Promise<Result> => {
  // What has left the outbox by the time we look in there was started: it is asked once more.
  let isToCome = true;
  const comes = async (error: unknown): Promise<boolean> => {
    if (!(error instanceof WorkflowNotFoundError) || !isToCome) return false;
    isToCome = (await waitingIn(em.fork(), [workflowId])).has(workflowId);
    return true;
  };
  return sendAgain(send, comes, until);
};
