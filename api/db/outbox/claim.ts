import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { WorkflowStart } from './enqueue.ts';
import { outbox } from './outbox.tables.ts';

const longestPause = 30_000;

/** A row of the outbox, locked until the transaction ends. */
export interface Claimed extends WorkflowStart {
  id: number;
  attempts: number;
}

// Rows that another transaction holds are left to it: it is starting their workflows.
const unclaimed = (em: EntityManager) =>
  outbox(em)
    .selectFrom('outbox')
    .select(['id', 'workflow_type as workflowType', 'workflow_id as workflowId', 'task_queue as taskQueue'])
    .select(['args', 'token', 'summary', 'search_attributes as searchAttributes', 'attempts'])
    .select(['priority', 'fairness_key as fairnessKey'])
    .forUpdate()
    .skipLocked();

/** The next rows whose workflows are due: by priority, and people of the same priority in turn. */
export const dueRows = (em: EntityManager, limit: number) =>
  unclaimed(em)
    // By PostgreSQL's clock, which has set it.
    .where('next_try_at', '<=', sql<Date>`now()`)
    .orderBy('priority')
    .orderBy('turn')
    .orderBy('id')
    .limit(limit);

export const claimDue = (em: EntityManager, limit: number): Promise<Claimed[]> => dueRows(em, limit).execute();

/** The row of this workflow, due or not. There are two when a backup was restored between them. */
export const claimOne = (em: EntityManager, workflowId: string): Promise<Claimed[]> =>
  unclaimed(em).where('workflow_id', '=', workflowId).orderBy('id').execute();

/** Deletes rows whose workflows have started. */
export const settle = async (em: EntityManager, ids: number[]): Promise<void> => {
  if (ids.length > 0) await outbox(em).deleteFrom('outbox').where('id', 'in', ids).execute();
};

export const putOff = async (em: EntityManager, { id, attempts }: Claimed, error: unknown): Promise<void> => {
  const pause = Math.min(longestPause, 500 * 2 ** Math.min(attempts, 10));
  await outbox(em)
    .updateTable('outbox')
    .set({ attempts: attempts + 1, last_error: String(error).slice(0, 500) })
    .set({ next_try_at: sql<Date>`now() + ${pause} * interval '1 ms'` })
    .where('id', '=', id)
    .execute();
};
