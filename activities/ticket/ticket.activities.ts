import type { Context } from '../../api/context.ts';
import { recordedState } from '../../api/helpdesk/projection.service.ts';
import { needsAssignee } from '../../api/tracking/assign.service.ts';
import { findWorkflow, pinnedVersion } from '../../api/tracking/definitions.service.ts';
import type { Pinned } from '../../workflows/ticket/rules/change.ts';
import { roleKeyOf } from '../../workflows/ticket/rules/role-key.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { recordChange } from './record-change.ts';
import type { RecordedChange } from './recorded-change.ts';
import { withTypedRefusals } from './refusal.ts';

/**
 * What a ticket workflow does to the world: everything is a change of PostgreSQL, in one transaction each. The names stand
 * in the histories of running workflows.
 */
export const createTicketActivities = ({ orm }: Pick<Context, 'orm'>) => ({
  /**
   * Writes a change to ticket, task, timeline, notifications and outbox at once, and answers the state that stands. Run
   * twice it writes once; when another change has taken the version before, it writes nothing and answers that one's state.
   * @throws ApplicationFailure `forbidden` or `not_allowed` for a command that must not be carried out.
   */
  recordChange: (change: RecordedChange): Promise<TicketState> =>
    withTypedRefusals(orm.em.fork().transactional((em) => recordChange(em, change))),

  /** What was recorded last for this ticket. */
  currentState: (number: string): Promise<TicketState> => recordedState(orm.em.fork(), number),

  /** The published definition that fits best; null when none does. */
  findWorkflow: (wanted: {
    category: string;
    subCategory: string | null;
    department: string;
  }): Promise<Pinned | null> => findWorkflow(orm.em.fork(), wanted),

  /** @throws ApplicationFailure `not_allowed` when there is no such version. */
  pinnedVersion: (workflowVersionId: number): Promise<Pinned> =>
    withTypedRefusals(pinnedVersion(orm.em.fork(), workflowVersionId)),

  /** Whether the step's assignee has left the role, or it has none although somebody could take it. */
  needsAssignee: ({ role, assigneeId }: { role: string; assigneeId: number | null }): Promise<boolean> =>
    // A workflow that has not been upgraded yet names the role.
    needsAssignee(orm.em.fork(), roleKeyOf(role), assigneeId),
});
export type TicketActivities = ReturnType<typeof createTicketActivities>;
