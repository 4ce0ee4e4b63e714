import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import { categories, departments, priorities, statuses } from '../../workflows/ticket/rules/words.ts';
import { taskStates } from './task.schema.ts';

/** An opened ticket at the desk, with a copy of the ticket's facts so that queues need no other module. */
export const Task = defineEntity({
  name: 'Task',
  schema: 'tracking',
  tableName: 'task',
  indexes: [
    { properties: ['assigneeId', 'dueAt', 'number'] },
    { properties: ['roleKey', 'dueAt', 'number'] },
    { properties: ['state', 'dueAt', 'number'] },
    { properties: ['changedAt', 'number'] },
    { properties: ['submittedAt', 'number'] },
    { name: 'task_filters_index', properties: ['assigneeId', 'roleKey', 'status', 'category', 'changedAt', 'number'] },
    { properties: ['requesterId', 'number'] },
  ],
  properties: {
    number: p.text().primary(),
    workflowVersionId: p.integer().nullable(),
    subject: p.text(),
    category: p.enum([...categories]),
    subCategory: p.text().nullable(),
    department: p.enum([...departments]),
    priority: p.enum([...priorities]),
    requesterId: p.integer(),
    requesterName: p.text(),
    status: p.enum([...statuses]),
    state: p.enum([...taskStates]),
    stepNames: p.json<string[]>(),
    stepIndex: p.integer().nullable(),
    stepKey: p.text().nullable(),
    stepName: p.text().nullable(),
    roleKey: p.text().nullable(),
    /** The number of visits to this step. */
    visit: p.integer().default(0),
    assigneeId: p.integer().nullable(),
    assigneeName: p.text().nullable(),
    /** Whether it waits because nobody but the requester has the role. */
    onlyRequester: p.boolean().default(false),
    /** Whether a requester with the role may have the current step. */
    requesterMayAct: p.boolean().default(false),
    enteredAt: p.datetime().nullable(),
    dueAt: p.datetime().nullable(),
    overdue: p.boolean().default(false),
    submittedAt: p.datetime(),
    changedAt: p.datetime(),
    version: p.integer(),
  },
});
export type Task = InferEntity<typeof Task>;

/** One visit of a ticket to a step. Coming back is a new visit with a new assignee and a new deadline. */
export const Visit = defineEntity({
  name: 'Visit',
  schema: 'tracking',
  tableName: 'visit',
  indexes: [{ properties: ['assigneeId', 'number'] }],
  properties: {
    number: p.text().primary(),
    /** Counted over the whole ticket. */
    visit: p.integer().primary(),
    stepKey: p.text(),
    roleKey: p.text(),
    assigneeId: p.integer().nullable(),
    assigneeName: p.text().nullable(),
    enteredAt: p.datetime(),
    dueAt: p.datetime(),
    leftAt: p.datetime().nullable(),
    /** The name of the transition taken; null while the visit lasts or when the ticket was withdrawn. */
    outcome: p.text().nullable(),
  },
});
export type Visit = InferEntity<typeof Visit>;

/** The last member chosen in a role. Its row is the lock for choosing an assignee. */
export const Rotation = defineEntity({
  name: 'Rotation',
  schema: 'tracking',
  tableName: 'rotation',
  properties: { roleKey: p.text().primary(), lastUserId: p.integer().default(0) },
});
export type Rotation = InferEntity<typeof Rotation>;
