import type { Definition } from '../../../workflows/ticket/rules/definition.ts';
import type { TicketState } from '../../../workflows/ticket/rules/state.ts';
import type { Operation } from '../workload/journal.ts';

/** All that the checker decides by, as plain values, so that a test can spoil each of them. */
export interface Facts {
  tickets: TicketFact[];
  entries: EntryFact[];
  tasks: TaskFact[];
  visits: VisitFact[];
  notifications: NotificationFact[];
  /** By the id of the pinned version. */
  definitions: ReadonlyMap<number, Definition>;
  /** By ticket number. */
  workflows: ReadonlyMap<string, WorkflowFact>;
  /** Workflows that run and that no ticket knows of: of a ticket that is not there, or one more of the same ticket. */
  strayWorkflows: string[];
  /** Mails and copies of auth's facts whose workflows still run when nothing is left to do. */
  unfinished: string[];
  /** How often Temporal has lost everything: a ticket that is over gets no new workflow then. */
  wipes: number;
  /** What each copy of a mail says that the mail server took, by Message-ID. */
  copies: ReadonlyMap<string, readonly string[]>;
  /** How often the mail server refused: a mail is given up for no other reason. */
  refusals: number;
  /** How often a worker was killed: each may cost one copy of one mail, whatever it says. */
  workerKills: number;
  /** Starts that still wait in the outbox. */
  waiting: string[];
  operations: readonly Operation[];
  breaches: readonly string[];
}

export interface TicketFact {
  number: string;
  requesterId: number;
  key: string;
  /** The key as it stands in the text: shows a doubled ticket whatever its key is. */
  reference: string | null;
  status: string;
  version: number;
  state: TicketState | null;
}

export interface EntryFact {
  number: string;
  version: number;
  ordinal: number;
  actorId: number | null;
  kind: string;
  data: Record<string, unknown>;
}

export interface TaskFact {
  number: string;
  version: number;
  status: string;
  stepKey: string | null;
  assigneeId: number | null;
}

export interface VisitFact {
  number: string;
  visit: number;
  stepKey: string;
  assigneeId: number | null;
  left: boolean;
  /** The name of the transition by which the ticket left. */
  outcome: string | null;
}

export interface NotificationFact {
  userId: number;
  eventKey: string;
  kind: string;
  number: string;
  mail: 'pending' | 'sending' | 'sent' | 'failed' | null;
  messageId: string | null;
  /** The Message-ID of the mail that it came by, perhaps with others. */
  digest: string | null;
  /** What its mail must say: its title, its text, and the link to its ticket. */
  words: readonly string[];
}

export interface WorkflowFact {
  /** As Temporal names it: RUNNING, COMPLETED …; MISSING when there is none, FORGOTTEN when it had ended long ago. */
  status: string;
  /** What a running workflow remembers; null when it was not asked. */
  state: TicketState | null;
  /** Causes of failed workflow tasks. */
  failures: string[];
  /** Attempts of the activity that is tried most often now. */
  attempts: number;
}

/** A broken promise: which, and on what. */
export interface Violation {
  rule: 'K1' | 'K2' | 'K3' | 'K4' | 'K6' | 'K7';
  what: string;
}
