import type { KeptTicket } from '../api/helpdesk/project.service.ts';
import type { Followed } from '../api/tracking/follow.service.ts';
import type { StoryEvent } from '../workflows/ticket/lifecycle.ts';
import type { TicketState } from '../workflows/ticket/state.ts';

/** All that the sentences about a change are made of. */
export interface Told {
  ticket: KeptTicket;
  before: TicketState;
  state: TicketState;
  story: StoryEvent[];
  actor: { id: number; name: string } | null;
  remark: string | null;
  task: Followed | null;
}
