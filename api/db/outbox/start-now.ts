import type { EntityManager } from '@mikro-orm/postgresql';
import { priorities } from '../../temporal/priorities.ts';
import { claimOne, settle } from './claim.ts';
import { type WorkflowStart, waitingIn } from './enqueue.ts';

/**
 * Starts a workflow that waits in the outbox before all others, because somebody waits for it now. False when it is not in
 * the outbox: it has started, or nobody is to start it. @throws what `start` throws; the row stays for the relay.
 */
export const startNow = async (
  em: EntityManager,
  workflowId: string,
  start: (wanted: WorkflowStart) => Promise<void>,
): Promise<boolean> => {
  const isStarted = await em.fork().transactional(async (tx) => {
    const rows = await claimOne(tx, workflowId);
    for (const row of rows) await start({ ...row, priority: priorities.awaited });
    await settle(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.length > 0;
  });
  // The relay may hold the row, and is starting the workflow.
  return isStarted || (await waitingIn(em.fork(), [workflowId])).has(workflowId);
};
