import type { Context } from '../../api/context.ts';
import { recordedState } from '../../api/helpdesk/projection.service.ts';
import { type Assigned, needsAssignee } from '../../api/tracking/assign.service.ts';
import { findWorkflow, pinnedVersion } from '../../api/tracking/definitions.service.ts';
import type { Pinned } from '../../workflows/ticket/rules/change.ts';
import { roleKeyOf } from '../../workflows/ticket/rules/role-key.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { recordChange } from './record-change.ts';
import type { RecordedChange } from './recorded-change.ts';
import { withTypedRefusals } from './refusal.ts';

/**
 * The activities of a ticket workflow. Each is one transaction in PostgreSQL. Their names are in the histories of running
 * workflows, so they must not change.
 */
export const createTicketActivities = ({ orm }: Pick<Context, 'orm'>) => ({
  /**
   * Writes a change to ticket, task, timeline, notifications and outbox at once, and returns the recorded state. A retry
   * writes nothing more. When another change already has this version, it writes nothing and returns that change's state.
   * @throws ApplicationFailure `forbidden` or `not_allowed` for a command that must not be carried out.
   */
  recordChange: (change: RecordedChange): Promise<TicketState> =>
    withTypedRefusals(orm.em.fork().transactional((em) => recordChange(em, change))),

  /** The ticket's recorded state. */
  currentState: (number: string): Promise<TicketState> => recordedState(orm.em.fork(), number),

  /** The published definition that matches best; null when none does. */
  findWorkflow: (wanted: {
    category: string;
    subCategory: string | null;
    department: string;
  }): Promise<Pinned | null> => findWorkflow(orm.em.fork(), wanted),

  /** @throws ApplicationFailure `not_allowed` when there is no such version. */
  pinnedVersion: (workflowVersionId: number): Promise<Pinned> =>
    withTypedRefusals(pinnedVersion(orm.em.fork(), workflowVersionId)),

  /** Whether the step must be given to somebody else, or waits for another reason now. */
  needsAssignee: ({ role, ...step }: Assigned & { role: string }): Promise<boolean> =>
    // A workflow of an older release sends the role's name.
    needsAssignee(orm.em.fork(), roleKeyOf(role), step),
});
export type TicketActivities = ReturnType<typeof createTicketActivities>;
