import type { Department, Priority, Status } from './words.ts';

/** What never changes in a ticket's life; the argument of its workflow. No text of people: Temporal Web shows it. */
export interface TicketFacts {
  number: string;
  category: string;
  subCategory: string | null;
  requesterId: number;
}

/** Where the ticket is in its life. */
export type Phase =
  | { at: 'review' }
  | { at: 'unrouted' }
  /** `assigneeId` is null while the role has no active member. Instants are milliseconds since 1970. */
  | { at: 'step'; step: string; role: string; assigneeId: number | null; dueAt: number; overdue: boolean }
  | { at: 'resolved'; closesAt: number }
  | { at: 'over' };

/**
 * All that a workflow must remember, small enough to be stored with each change. The row in PostgreSQL keeps a copy, so that
 * a workflow that lost its last step (its worker died before Temporal heard of it) takes it up from there.
 */
export interface TicketState {
  /** Grows by one with each recorded change; 0 is the submission. */
  version: number;
  /** The id of the command or timer that made this version. */
  changeId: string;
  status: Status;
  priority: Priority | null;
  department: Department | null;
  phase: Phase;
  /** The pinned version of the workflow definition. */
  workflowVersionId: number | null;
  /** Number of the latest visit to a step, counted over the whole life. */
  visit: number;
}

export const submitted: TicketState = {
  version: 0,
  changeId: 'submitted',
  status: 'new',
  priority: null,
  department: null,
  phase: { at: 'review' },
  workflowVersionId: null,
  visit: 0,
};
