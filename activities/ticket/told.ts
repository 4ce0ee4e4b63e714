import type { KeptTicket } from '../../api/helpdesk/projection.service.ts';
import type { Followed } from '../../api/tracking/task-projection.service.ts';
import type { TicketEvent } from '../../workflows/ticket/rules/lifecycle.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';

/** All that the sentences about a change are made of. */
export interface Told {
  ticket: KeptTicket;
  before: TicketState;
  state: TicketState;
  story: TicketEvent[];
  actor: { id: number; name: string } | null;
  note: string | null;
  task: Followed | null;
}
