import type { Pinned, StoryEvent } from '../workflows/ticket/lifecycle.ts';
import type { TicketState } from '../workflows/ticket/state.ts';

export interface RecordedChange {
  number: string;
  state: TicketState;
  story: StoryEvent[];
  actorId: number | null;
  remarkId: number | null;
  at: number;
}
export interface TicketActivities {
  recordChange(change: RecordedChange): Promise<TicketState>;
  currentState(number: string): Promise<TicketState>;
  findWorkflow(wanted: { category: string; subCategory: string | null; department: string }): Promise<Pinned | null>;
  pinnedVersion(workflowVersionId: number): Promise<Pinned>;
  needsAssignee(held: { number: string; role: string; assigneeId: number | null }): Promise<boolean>;
}
