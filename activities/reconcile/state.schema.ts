import { z } from 'zod';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { departments, priorities, statuses } from '../../workflows/ticket/rules/words.ts';

const instant = z.int();

const phase = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('review') }),
  z.strictObject({ at: z.literal('unrouted') }),
  z.strictObject({
    at: z.literal('step'),
    step: z.string(),
    role: z.string(),
    assigneeId: z.int().nullable(),
    dueAt: instant,
    overdue: z.boolean(),
  }),
  z.strictObject({ at: z.literal('resolved'), closesAt: instant }),
  z.strictObject({ at: z.literal('over') }),
]);

const ticketState: z.ZodType<TicketState> = z.strictObject({
  version: z.int().min(0),
  changeId: z.string(),
  status: z.enum(statuses),
  priority: z.enum(priorities).nullable(),
  department: z.enum(departments).nullable(),
  phase,
  workflowVersionId: z.int().nullable(),
  visit: z.int().min(0),
});

/** A ticket's state as a row or a workflow gives it; null when it is not whole. Who can write there could have written anything. */
export const stateFrom = (value: unknown): TicketState | null => ticketState.safeParse(value).data ?? null;
