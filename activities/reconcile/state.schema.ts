import { z } from 'zod';
import { stateSchema, type TicketState } from '../../workflows/ticket/rules/state.ts';
import { upToDate } from '../../workflows/ticket/rules/upgrade.ts';
import { departments, priorities, statuses } from '../../workflows/ticket/rules/words.ts';

const instant = z.int();

const phase = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('review') }),
  z.strictObject({ at: z.literal('unrouted') }),
  z.strictObject({
    at: z.literal('step'),
    step: z.string(),
    roleKey: z.string(),
    assigneeId: z.int().nullable(),
    onlyRequester: z.boolean(),
    dueAt: instant,
    overdue: z.boolean(),
  }),
  z.strictObject({ at: z.literal('resolved'), closesAt: instant }),
  z.strictObject({ at: z.literal('over') }),
]);

const ticketState: z.ZodType<TicketState> = z.strictObject({
  schema: z.literal(stateSchema),
  version: z.int().min(0),
  changeId: z.string(),
  status: z.enum(statuses),
  priority: z.enum(priorities).nullable(),
  department: z.enum(departments).nullable(),
  phase,
  workflowVersionId: z.int().nullable(),
  visit: z.int().min(0),
});

/** The fields that a state of any release has. */
const stored = z.looseObject({ schema: z.int().optional(), phase: z.looseObject({ at: z.string() }) });

/**
 * Parses a ticket's state from a row or a workflow into today's shape; null when it is invalid. Anything may have been
 * written there.
 */
export const stateFrom = (value: unknown): TicketState | null => {
  const found = stored.safeParse(value);
  return found.success ? (ticketState.safeParse(upToDate(found.data)).data ?? null) : null;
};
