import type { EntityManager } from '@mikro-orm/postgresql';
import type { TicketState } from '../../workflows/ticket/state.ts';
import type { Member } from './assign.service.ts';
import { Visit } from './task.entity.ts';

interface Stay {
  number: string;
  state: TicketState;
  assignee: Member | null;
  at: Date;
  /** This change puts the ticket on a step. */
  enters: boolean;
  /** The name of the transition by which it leaves one. */
  outcome: string | null;
}

/** Ends the visit that the change leaves, begins the one that it enters; answers how often the step was visited. */
export const recordVisit = async (em: EntityManager, stay: Stay): Promise<number> => {
  const { number, state, assignee, at, enters, outcome } = stay;
  const { phase, visit } = state;
  if (phase.at !== 'step') {
    await em.nativeUpdate(Visit, { number, leftAt: null }, { leftAt: at, outcome });
    return 0;
  }
  const holder = { assigneeId: assignee?.id ?? null, assigneeName: assignee?.name ?? null };
  if (enters) return enterStep(em, stay, { ...holder, stepKey: phase.step, role: phase.role, dueAt: phase.dueAt });
  await em.nativeUpdate(Visit, { number, visit }, holder);
  return em.count(Visit, { number, stepKey: phase.step });
};

type NewVisit = Pick<Visit, 'assigneeId' | 'assigneeName' | 'stepKey' | 'role'> & { dueAt: number };

/** One round trip: all parts of the statement see the visits as they were before it. */
const enterStep = async (
  em: EntityManager,
  { number, state, at, outcome }: Stay,
  { assigneeId, assigneeName, stepKey, role, dueAt }: NewVisit,
): Promise<number> => {
  const now = at.toISOString();
  const [row] = await em.execute<{ earlier: number }[]>(
    `with ended as (
       update tracking.visit set left_at = ?::timestamptz, outcome = ? where number = ? and left_at is null
     ), begun as (
       insert into tracking.visit (number, visit, step_key, role, assignee_id, assignee_name, entered_at, due_at)
       values (?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz)
     )
     select count(*)::int as earlier from tracking.visit where number = ? and step_key = ?`,
    [
      ...[now, outcome, number],
      ...[number, state.visit, stepKey, role, assigneeId, assigneeName, now, new Date(dueAt).toISOString()],
      ...[number, stepKey],
    ],
  );
  return (row?.earlier ?? 0) + 1;
};
