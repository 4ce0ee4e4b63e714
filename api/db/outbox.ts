import type { EntityManager } from '@mikro-orm/postgresql';
import { OutboxEntry } from './outbox.entity.ts';

export interface WorkflowStart {
  workflowType: string;
  /** Derived from the fact: the same fact never starts two workflows. */
  workflowId: string;
  taskQueue: string;
  /** Ids, enums and instants only: Temporal Web shows them. */
  args: unknown[];
  /** One line that Temporal Web shows beside the workflow. */
  summary?: string;
  /** Keyword attributes, by the names of `workflows/names.ts`. */
  searchAttributes?: Record<string, string>;
}

/** Notes in the caller's transaction that a workflow must start; the relay starts it after the commit. */
export const enqueue = (em: EntityManager, start: WorkflowStart): void => {
  em.persist(
    em.create(OutboxEntry, {
      ...start,
      summary: start.summary ?? null,
      searchAttributes: start.searchAttributes ?? null,
      lastError: null,
    }),
  );
};
