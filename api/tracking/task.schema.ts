import { z } from 'zod';
import { largestId } from '../../workflows/ticket/rules/input.ts';
import { categories, departments, priorities, statuses } from '../../workflows/ticket/rules/words.ts';
import { searchWords } from '../db/search/search.schema.ts';
import { instant } from '../http/instant.schema.ts';
import { wholeNumber } from '../http/number.schema.ts';
import { line, ticketNumber } from '../http/text.schema.ts';

const person = z.object({ id: z.int(), name: z.string() });

/** No definition found, waiting for a member of the role, held by an assignee, done, or cancelled. */
export const taskStates = ['unrouted', 'waiting', 'held', 'done', 'cancelled'] as const;

export const taskRow = z.object({
  number: ticketNumber,
  subject: z.string(),
  category: z.enum(categories),
  department: z.enum(departments),
  priority: z.enum(priorities),
  requester: person,
  status: z.enum(statuses),
  state: z.enum(taskStates),
  progress: z.object({ steps: z.array(z.string()), at: z.int().nullable() }),
  step: z.string().nullable(),
  roleKey: z.string().nullable(),
  /** The current name of the step's role. */
  role: z.string().nullable(),
  /** The number of visits to this step; 2 or more means it was sent back. */
  visit: z.int(),
  assignee: person.nullable(),
  /** Whether it waits because nobody but the requester has the role. */
  onlyRequester: z.boolean(),
  /** Start and end of the time for this step. */
  enteredAt: z.iso.datetime().nullable(),
  dueAt: z.iso.datetime().nullable(),
  overdue: z.boolean(),
  submittedAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  version: z.int(),
});
export type TaskRow = z.infer<typeof taskRow>;

/** A button of the ticket page. `why` says why it is disabled. */
export const taskAction = z.object({
  key: z.string(),
  /** The command that it sends, with the input below. */
  command: z.string(),
  input: z.record(z.string(), z.union([z.string(), z.number()])),
  name: z.string(),
  direction: z.enum(['forward', 'back', 'take']),
  /** Whether a note must or may be written, and who reads it. */
  note: z.enum(['required', 'optional', 'none']),
  noteFor: z.enum(['requester', 'staff']),
  /** What happens: "Goes to Finalize (Admin)". */
  leadsTo: z.string(),
  allowed: z.boolean(),
  why: z.string().nullable(),
});
export type TaskAction = z.infer<typeof taskAction>;

export const taskStep = z.object({
  key: z.string(),
  name: z.string(),
  role: z.string(),
  state: z.enum(['done', 'now', 'next']),
  /** The last visit: its assignee, start and end. */
  assignee: z.string().nullable(),
  enteredAt: z.iso.datetime().nullable(),
  leftAt: z.iso.datetime().nullable(),
  dueAt: z.iso.datetime().nullable(),
  visits: z.int(),
});

export const taskView = taskRow.extend({
  workflow: z.object({ name: z.string(), version: z.int() }).nullable(),
  steps: z.array(taskStep),
  instruction: z.string().nullable(),
  actions: z.array(taskAction),
  /** What happens automatically or with the next action, soonest first. */
  next: z.array(z.object({ at: z.iso.datetime().nullable(), what: z.string(), detail: z.string() })),
  workflowUrl: z.url().nullable(),
});
export type TaskView = z.infer<typeof taskView>;

const many = <Words extends readonly [string, ...string[]]>(words: Words) =>
  z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(words)).min(1))
    .optional()
    .meta({ description: `One or more of ${words.join(', ')}, separated by commas` });

/** The filters that lists and the overview share. */
const taskFilters = {
  category: z.enum(categories).optional(),
  priority: z.enum(priorities).optional(),
  department: many(departments),
  assignee: z
    .union([z.literal('nobody'), wholeNumber(1, largestId)])
    .optional()
    .meta({ description: 'The id of a user, or `nobody`' }),
  requester: wholeNumber(1, largestId).optional(),
  submittedFrom: instant.optional(),
  submittedBefore: instant.optional(),
};

export const taskQuery = z.strictObject({
  /**
   * `mine`: held by the caller; `done_by_me`: the caller has done a step; `role`: in the caller's roles;
   * `unrouted` and `all`: for admins.
   */
  queue: z.enum(['mine', 'done_by_me', 'role', 'unrouted', 'all']).default('mine'),
  /** `open` leaves out what is done or cancelled. */
  show: z.enum(['open', 'done', 'any']).default('open'),
  status: many(statuses),
  ...taskFilters,
  /** The key of a role. */
  role: line(1, 64).optional(),
  /** `true`: only open tickets past their due time. */
  overdue: z.literal('true').optional(),
  dueFrom: instant.optional(),
  dueBefore: instant.optional(),
  q: searchWords.optional(),
  /** `due`: soonest first, tasks without a deadline last. `-` sorts descending. */
  sort: z.enum(['due', '-due', '-changed', '-submitted', 'submitted']).default('due'),
  cursor: z.string().max(300).optional(),
  limit: wholeNumber(1, 100).default(50),
});
export type TaskQuery = z.infer<typeof taskQuery>;

/** Sizes of the queues, for the sidebar. */
export const taskCounts = z.object({
  mine: z.int(),
  role: z.int(),
  overdue: z.int(),
  /** Null unless the caller is an admin. */
  unrouted: z.int().nullable(),
  all: z.int().nullable(),
});
export type TaskCounts = z.infer<typeof taskCounts>;

export const overviewQuery = z.strictObject(taskFilters);
export type OverviewQuery = z.infer<typeof overviewQuery>;

/** The figures of the overview, each as long as the list with the same filters. */
export const overview = z.object({
  open: z.int(),
  overdue: z.int(),
  unrouted: z.int(),
  /** Open, but assigned to nobody. */
  unassigned: z.int(),
  /** All tickets, also those that are over. */
  byStatus: z.partialRecord(z.enum(statuses), z.int()),
  /** Open tickets on steps of each role, most first. */
  byRole: z.array(z.object({ key: z.string(), name: z.string(), count: z.int() })),
  /** Open tickets of each assignee, most first, at most 10. */
  byAssignee: z.array(person.extend({ count: z.int() })),
});
export type Overview = z.infer<typeof overview>;

/** A published workflow definition in the admin's list. */
export const definitionRow = z.object({
  id: z.int(),
  name: z.string(),
  version: z.int(),
  /** The id of that version, for the command `route`. */
  versionId: z.int(),
  category: z.enum(categories),
  subCategory: z.string().nullable(),
  department: z.enum(departments).nullable(),
  /** A step whose role depends on the department lists all of them. */
  steps: z.array(z.object({ name: z.string(), roles: z.array(z.object({ key: z.string(), name: z.string() })) })),
  openTickets: z.int(),
});
