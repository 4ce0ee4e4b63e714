import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { json } from '../db/query-builder.ts';
import { helpdesk } from './helpdesk.tables.ts';

// After an older backup was restored, a ticket's row takes over its workflow's state in one step.

export interface CaughtUp {
  state: TicketState;
  /** The first version whose details are lost. */
  from: number;
  at: Date;
  /** When the workflow ended; the current time while it runs. */
  endedAt: Date;
  /** Null for a ticket that was never opened. */
  desk: { stepNames: string[]; stepIndex: number | null; assigneeName: string | null; roleName: string | null } | null;
}

/** Brings a locked ticket to this state. What people wrote since the backup is lost; the timeline says so. */
export const catchUpTicket = async (em: EntityManager, number: string, caughtUp: CaughtUp): Promise<void> => {
  const { state, from, at, endedAt, desk } = caughtUp;
  const { version, status, priority, department, phase } = state;
  const isResolved = status === 'resolved' || status === 'closed';
  const onStep = phase.at === 'step' ? phase : null;
  await helpdesk(em)
    .updateTable('helpdesk.ticket')
    .where('number', '=', number)
    .set({
      ...{ version, status, priority, department, workflow_state: json(state) },
      ...(desk ? { step_names: json(desk.stepNames), step_index: desk.stepIndex } : {}),
      assignee_name: desk?.assigneeName ?? null,
      assignee_id: onStep?.assigneeId ?? null,
      role_key: onStep?.roleKey ?? null,
      role_name: onStep && (desk?.roleName ?? readableRole(onStep.roleKey)),
      due_at: onStep && new Date(onStep.dueAt),
      closes_at: phase.at === 'resolved' ? new Date(phase.closesAt) : null,
      // The real time is lost. It was no later than this.
      ...(isResolved ? { resolved_at: sql<Date>`coalesce(resolved_at, ${endedAt})` } : {}),
      ...(phase.at === 'over' ? { closed_at: endedAt } : {}),
      changed_at: at,
    })
    .execute();
  await helpdesk(em)
    .insertInto('helpdesk.timeline_entry')
    .values({
      ...{ ticket_number: number, version, ordinal: 0, at, actor_id: null, actor_name: null },
      ...{ kind: 'caught_up', data: json({ from, to: version }) },
    })
    .execute();
};
