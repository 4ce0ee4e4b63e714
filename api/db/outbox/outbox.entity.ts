import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** A workflow that must start because of a fact in the same transaction. The relay deletes it once it has started. */
export const OutboxEntry = defineEntity({
  name: 'OutboxEntry',
  tableName: 'outbox',
  triggers: [
    {
      name: 'outbox_wakes_the_relay',
      timing: 'after',
      events: ['insert'],
      forEach: 'statement',
      body: `perform pg_notify('outbox', ''); return null`,
    },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    workflowType: p.text(),
    /** Derived from the fact, so that starting twice is the same as starting once. */
    workflowId: p.text(),
    taskQueue: p.text(),
    args: p.json<unknown[]>(),
    /** Stands in the workflow's memo: two facts that come to the same workflow id differ in it. */
    token: p.uuid().defaultRaw('gen_random_uuid()'),
    summary: p.text().nullable(),
    searchAttributes: p.json<Record<string, string>>().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    attempts: p.integer().default(0),
    nextTryAt: p.datetime().defaultRaw('now()').index(),
    lastError: p.text().nullable(),
  },
});
export type OutboxEntry = InferEntity<typeof OutboxEntry>;
