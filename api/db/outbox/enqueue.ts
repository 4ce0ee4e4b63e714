import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Priority } from '../../temporal/priorities.ts';
import { OutboxEntry } from './outbox.entity.ts';

export interface WorkflowStart {
  workflowType: string;
  /** Derived from the fact: the same fact never starts two workflows. */
  workflowId: string;
  taskQueue: string;
  /** Ids, enums and instants only: Temporal Web shows them. */
  args: unknown[];
  /**
   * Born with the fact. After a restored backup numbers, ids and versions come a second time: a workflow with this id and
   * another token belongs to a fact that was lost, and gives way.
   */
  token: string;
  priority: Priority;
  /** Whose turn it takes among those of the same priority: a person, or a kind of work. At most 64 bytes. */
  fairnessKey: string;
  /** One line that Temporal Web shows beside the workflow. */
  summary?: string | null;
  /** Keyword attributes, by the names of `workflows/names.ts`. */
  searchAttributes?: Record<string, string> | null;
}

/** Notes in the caller's transaction that a workflow must start; the relay starts it after the commit. */
export const enqueue = (em: EntityManager, start: Omit<WorkflowStart, 'token'> & { token?: string }): void => {
  em.persist(
    em.create(OutboxEntry, {
      ...start,
      token: start.token ?? randomUUID(),
      summary: start.summary ?? null,
      searchAttributes: start.searchAttributes ?? null,
      lastError: null,
    }),
  );
};

/** Which of these workflows the relay is still to start. */
export const waitingIn = async (em: EntityManager, workflowIds: string[]): Promise<Set<string>> => {
  const rows = await em.find(OutboxEntry, { workflowId: workflowIds }, { fields: ['workflowId'] });
  return new Set(rows.map((row) => row.workflowId));
};
