import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { WorkflowNotFoundError } from '@temporalio/client';
import { waitingIn } from './db/outbox.ts';

// Milliseconds. The relay starts a flow within a third of a second of its fact, later where Temporal was away.
const firstPause = 20;
const longestPause = 250;

/**
 * Sends a command again while its flow is only not there because the relay is still to start it, or until then.
 * @throws what `send` throws, WorkflowNotFoundError for a flow that nobody is to start.
 */
export const onceStarted = async <Result>(
  em: EntityManager,
  workflowId: string,
  send: () => Promise<Result>,
  until: number,
): Promise<Result> => {
  // What has left the outbox by the time we look in there was started: it is asked once more.
  let isToCome = true;
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError) || !isToCome || Date.now() + pause > until) throw error;
    }
    isToCome = (await waitingIn(em.fork(), [workflowId])).has(workflowId);
    await setTimeout(pause);
  }
};
