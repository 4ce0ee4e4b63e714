import type { LockedTicket, TicketCopy } from '../../api/helpdesk/projection.service.ts';
import type { ProjectedTask } from '../../api/tracking/task-projection.service.ts';
import type { Change } from '../../workflows/ticket/rules/change.ts';
import type { CommandKind } from '../../workflows/ticket/rules/commands/index.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';

/** A change that the ticket workflow sends for recording. */
export interface RecordedChange extends Change {
  number: string;
  /** The command that made it, without its input; null when the workflow made it by itself. */
  by: { kind: CommandKind; actorId: number; noteId: number | null } | null;
  /** Milliseconds since 1970, by the workflow's clock. */
  at: number;
}

/** What the timeline entries and notifications of a change need. */
export interface ChangeFacts extends Pick<Change, 'events' | 'notify'> {
  ticket: TicketCopy;
  before: LockedTicket['state'];
  /** The state including the chosen assignee. */
  state: TicketState;
  actor: { id: number; name: string } | null;
  /** The text of the command's note. */
  note: string | null;
  /** Null for a ticket that was never opened. */
  task: ProjectedTask | null;
}
