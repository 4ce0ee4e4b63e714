import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { categories, departments, priorities, statuses } from '../../workflows/ticket/rules/words.ts';

/** A ticket as people read it. After submission only its workflow changes it, one version at a time. */
export const Ticket = defineEntity({
  name: 'Ticket',
  schema: 'helpdesk',
  tableName: 'ticket',
  indexes: [
    { properties: ['submittedAt', 'id'] },
    { properties: ['requesterId', 'submittedAt', 'id'] },
    { properties: ['status', 'submittedAt', 'id'] },
    { properties: ['changedAt', 'id'] },
    { properties: ['roleKey', 'id'] },
    { properties: ['assigneeId', 'id'] },
  ],
  uniques: [{ properties: ['requesterId', 'idempotencyKey'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    number: p.text().unique(),
    requesterId: p.integer(),
    requesterName: p.text(),
    /** The page makes it when the form opens. One key never creates two tickets. */
    idempotencyKey: p.text(),
    /** Its workflow has the same token. A workflow with this number and another token belongs to another ticket. */
    token: p.uuid().defaultRaw('gen_random_uuid()'),
    /** SHA-256 of the submission, to tell a retry from a different form under the same key. */
    submissionHash: p.text(),
    category: p.enum([...categories]),
    subCategory: p.text().nullable(),
    subject: p.text(),
    description: p.text(),
    /** The fields that only this category's form has. */
    form: p.json<Record<string, unknown>>(),
    scheduledDate: p.date().nullable(),
    status: p.enum([...statuses]),
    priority: p.enum([...priorities]).nullable(),
    department: p.enum([...departments]).nullable(),
    version: p.integer().default(0),
    /** The workflow's state, written with each change; null until the first one. */
    workflowState: p.json<TicketState>().nullable().lazy(),
    stepNames: p.json<string[]>(),
    /** Index of the current step; the number of steps when all are done; null when it is on none. */
    stepIndex: p.integer().nullable(),
    assigneeId: p.integer().nullable(),
    assigneeName: p.text().nullable(),
    /** The role that owns the step; the name is updated when the role is renamed. */
    roleKey: p.text().nullable(),
    roleName: p.text().nullable(),
    dueAt: p.datetime().nullable(),
    /** Why it was rejected or withdrawn. */
    reason: p.text().nullable(),
    submittedAt: p.datetime(3),
    changedAt: p.datetime(3),
    resolvedAt: p.datetime().nullable(),
    closesAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
  },
});
export type Ticket = InferEntity<typeof Ticket>;

/** A timeline entry. Written once, never changed. */
export const TimelineEntryRow = defineEntity({
  name: 'TimelineEntryRow',
  schema: 'helpdesk',
  tableName: 'timeline_entry',
  indexes: [{ properties: ['actorId', 'id'] }],
  uniques: [{ properties: ['ticketNumber', 'version', 'ordinal'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    ticketNumber: p.text(),
    /** The version this entry belongs to, and its position within it. */
    version: p.integer(),
    ordinal: p.integer(),
    at: p.datetime(),
    actorId: p.integer().nullable(),
    actorName: p.text().nullable(),
    kind: p.text(),
    data: p.json<Record<string, unknown>>(),
  },
});
export type TimelineEntryRow = InferEntity<typeof TimelineEntryRow>;
