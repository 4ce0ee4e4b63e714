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
  if (enters || phase.at !== 'step') await em.nativeUpdate(Visit, { number, leftAt: null }, { leftAt: at, outcome });
  if (phase.at !== 'step') return 0;
  if (enters) {
    await em.insert(Visit, {
      number,
      visit,
      stepKey: phase.step,
      role: phase.role,
      assigneeId: assignee?.id ?? null,
      assigneeName: assignee?.name ?? null,
      enteredAt: at,
      dueAt: new Date(phase.dueAt),
      leftAt: null,
      outcome: null,
    });
  } else {
    const holder = { assigneeId: assignee?.id ?? null, assigneeName: assignee?.name ?? null };
    await em.nativeUpdate(Visit, { number, visit }, holder);
  }
  return em.count(Visit, { number, stepKey: phase.step });
};
