import { z } from 'zod';
import { largestId } from '../../workflows/ticket/rules/input.ts';
import { categories, departments, priorities, statuses } from '../../workflows/ticket/rules/words.ts';
import { searchWords } from '../db/search/search.schema.ts';
import { instant } from '../http/instant.schema.ts';
import { wholeNumber } from '../http/number.schema.ts';
import { ticketNumber } from '../http/text.schema.ts';

export const person = z.object({ id: z.int(), name: z.string() });

/** One line of a ticket's history; `data` holds the facts of its kind. */
export const timelineEntry = z.object({
  id: z.int(),
  /** The ticket's version after this change. */
  version: z.int(),
  at: z.iso.datetime(),
  /** Null: the system itself. */
  actor: person.nullable(),
  event: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('submitted') }),
    z.object({ kind: z.literal('opened'), priority: z.enum(priorities), department: z.enum(departments) }),
    z.object({ kind: z.literal('refused'), reason: z.string() }),
    z.object({ kind: z.literal('routed'), workflow: z.string(), workflowVersion: z.int() }),
    z.object({ kind: z.literal('unrouted') }),
    // `visit`: counts the visits to this step; 2 or more means it was sent back.
    z.object({ kind: z.literal('step_entered'), step: z.string(), role: z.string(), visit: z.int() }),
    z.object({ kind: z.literal('assigned'), step: z.string(), role: z.string(), assignee: person }),
    // `onlyRequester`: the requester has the role and nobody else does, so nobody may act. Older entries do not have it.
    z.object({
      kind: z.literal('waiting_for_role'),
      step: z.string(),
      role: z.string(),
      onlyRequester: z.boolean().default(false),
    }),
    z.object({
      kind: z.literal('step_done'),
      step: z.string(),
      transition: z.string(),
      direction: z.enum(['forward', 'back']),
      /** Empty when nothing was written. */
      note: z.string(),
      /** Who reads the note. Older entries do not say it; their notes were for staff. */
      noteFor: z.enum(['requester', 'staff']).default('staff'),
    }),
    // Only the requester gets it, in place of what concerns the agents.
    z.object({ kind: z.literal('work_begun'), department: z.enum(departments) }),
    z.object({ kind: z.literal('told'), note: z.string() }),
    z.object({ kind: z.literal('overdue'), step: z.string() }),
    z.object({ kind: z.literal('resolved'), closesAt: z.iso.datetime() }),
    z.object({ kind: z.literal('withdrawn'), reason: z.string() }),
    z.object({ kind: z.literal('closed'), by: z.enum(['requester', 'time']) }),
    // An older backup was restored; the versions in this range have no entries.
    z.object({ kind: z.literal('caught_up'), from: z.int(), to: z.int() }),
  ]),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;
export type TimelineEvent = TimelineEntry['event'];

/** What the requester may do now, or why not. */
const action = z.object({ allowed: z.boolean(), why: z.string().nullable() });

export const ticketRow = z.object({
  number: ticketNumber,
  subject: z.string(),
  category: z.enum(categories),
  subCategory: z.string().nullable(),
  status: z.enum(statuses),
  priority: z.enum(priorities).nullable(),
  department: z.enum(departments).nullable(),
  requester: person,
  /** The names of the steps and the index of the current one (null: on none). */
  progress: z.object({ steps: z.array(z.string()), at: z.int().nullable() }),
  /** The assignee and the deadline. Without a name: the first available member of the role. Null while it is on no step. */
  assignee: z.object({ name: z.string().nullable(), role: z.string(), dueAt: z.iso.datetime() }).nullable(),
  /** When a resolved ticket closes automatically. */
  closesAt: z.iso.datetime().nullable(),
  submittedAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  version: z.int(),
});
export type TicketRow = z.infer<typeof ticketRow>;

export const ticketView = ticketRow.extend({
  description: z.string(),
  scheduledDate: z.iso.date().nullable(),
  /** The rest of the category's form, as submitted (`deviceType`, `serial`, `items` …). */
  form: z.record(z.string(), z.unknown()),
  /** Why it was rejected or withdrawn. */
  reason: z.string().nullable(),
  resolvedAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  timeline: z.array(timelineEntry),
  actions: z.object({ open: action, reject: action, withdraw: action, close: action }),
  /** The workflow in Temporal Web; for admins of TTS and HDTS only. */
  workflowUrl: z.url().nullable(),
});
export type TicketView = z.infer<typeof ticketView>;

/** The answer to every command: the ticket's new version. */
export const commandResult = z.object({ number: ticketNumber, status: z.enum(statuses), version: z.int() });

const many = <Words extends readonly [string, ...string[]]>(words: Words) =>
  z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(words)).min(1))
    .optional()
    .meta({ description: `One or more of ${words.join(', ')}, separated by commas` });

export const ticketQuery = z.strictObject({
  /** `mine`: the caller's own tickets; `all`: every ticket, for coordinators and admins. */
  scope: z.enum(['mine', 'all']).default('mine'),
  status: many(statuses),
  category: many(categories),
  priority: many(priorities),
  department: many(departments),
  requester: wholeNumber(1, largestId).optional(),
  submittedFrom: instant.optional(),
  submittedBefore: instant.optional(),
  /** `false`: only tickets that no coordinator has opened. */
  opened: z.enum(['true', 'false']).optional(),
  q: searchWords.optional(),
  /** `-` sorts descending. Default: best match first when there are words, else newest first. */
  sort: z.enum(['best', '-submitted', 'submitted', '-changed', 'changed']).optional(),
  cursor: z.string().max(300).optional(),
  limit: wholeNumber(1, 100).default(50),
});
export type TicketQuery = z.infer<typeof ticketQuery>;

/** The number of visible tickets in each status. */
export const ticketCounts = z.object({ counts: z.partialRecord(z.enum(statuses), z.int()) });
