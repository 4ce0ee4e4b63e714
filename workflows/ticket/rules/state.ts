import type { Department, Priority, Status } from './words.ts';

/** What never changes about a ticket; the argument of its workflow. No text that people wrote, because Temporal Web shows it. */
export interface TicketFacts {
  number: string;
  category: string;
  subCategory: string | null;
  requesterId: number;
}

/** On a step. Times are milliseconds since 1970. */
export type StepPhase = {
  at: 'step';
  step: string;
  roleKey: string;
  /** Null while nobody who may act has the role. */
  assigneeId: number | null;
  /** Why it waits: the requester has the role and nobody else does. Otherwise nobody has it. */
  onlyRequester: boolean;
  dueAt: number;
  overdue: boolean;
};

/** Where the ticket is. */
export type Phase =
  | { at: 'review' }
  | { at: 'unrouted' }
  | StepPhase
  | { at: 'resolved'; closesAt: number }
  | { at: 'over' };

/** The version of the shape below. When you change the shape, raise this and add a function to upgrade.ts and a fixture. */
export const stateSchema = 3;

/**
 * The whole state of a ticket workflow, small enough to store with each change. The ticket's row keeps a copy, so that a
 * workflow that lost its last change (its worker died before it reported to Temporal) can continue from there.
 */
export interface TicketState {
  schema: typeof stateSchema;
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
  /** Number of the latest step visit, counted over the whole ticket. */
  visit: number;
}

export const submitted: TicketState = {
  schema: stateSchema,
  version: 0,
  changeId: 'submitted',
  status: 'new',
  priority: null,
  department: null,
  phase: { at: 'review' },
  workflowVersionId: null,
  visit: 0,
};

/** When the ticket changes by itself; null while it only waits for people. */
export const deadlineOf = ({ phase }: Pick<TicketState, 'phase'>): number | null => {
  if (phase.at === 'resolved') return phase.closesAt;
  return phase.at === 'step' && !phase.overdue ? phase.dueAt : null;
};
