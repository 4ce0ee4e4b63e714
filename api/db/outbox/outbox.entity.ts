import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import { type Priority, priorities } from '../../temporal/priorities.ts';

const takesItsTurn = `new.turn := greatest(
  coalesce((select min(turn) from outbox where priority = new.priority), 0),
  coalesce((select max(turn) + 1 from outbox where priority = new.priority and fairness_key = new.fairness_key), 0));
return new`;

/** A workflow that must start because of a fact in the same transaction. The relay deletes it once it has started. */
export const OutboxEntry = defineEntity({
  name: 'OutboxEntry',
  tableName: 'outbox',
  triggers: [
    {
      // People are served in turn: a row stands behind the rows of its own fairness key, not behind those of others.
      // Whoever comes new begins with the turn that is being served now.
      name: 'outbox_takes_its_turn',
      timing: 'before',
      events: ['insert'],
      forEach: 'row',
      body: takesItsTurn,
    },
    {
      name: 'outbox_wakes_the_relay',
      timing: 'after',
      events: ['insert'],
      forEach: 'statement',
      body: `perform pg_notify('outbox', ''); return null`,
    },
  ],
  indexes: [
    // The relay reads the outbox in this order; what is not due yet is passed over within the index.
    { name: 'outbox_order', properties: ['priority', 'turn', 'id', 'nextTryAt'] },
    { name: 'outbox_turns', properties: ['priority', 'fairnessKey', 'turn'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    workflowType: p.text(),
    /** Derived from the fact, so that starting twice is the same as starting once. */
    workflowId: p.text().index(),
    taskQueue: p.text(),
    args: p.json<unknown[]>(),
    /** Stands in the workflow's memo: two facts that come to the same workflow id differ in it. */
    token: p.uuid().defaultRaw('gen_random_uuid()'),
    summary: p.text().nullable(),
    searchAttributes: p.json<Record<string, string>>().nullable(),
    /** One of `priorities`. */
    priority: p.smallint().$type<Priority>().default(priorities.people),
    /** Whose turn this takes: a person or a kind of work. */
    fairnessKey: p.text().default(''),
    turn: p.integer().default(0),
    createdAt: p.datetime().defaultRaw('now()'),
    attempts: p.integer().default(0),
    nextTryAt: p.datetime().defaultRaw('now()'),
    lastError: p.text().nullable(),
  },
});
export type OutboxEntry = InferEntity<typeof OutboxEntry>;
