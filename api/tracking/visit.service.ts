import type { EntityManager } from '@mikro-orm/postgresql';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { when } from '../db/page.ts';
import { change, insertion, type Question, question, type Write } from '../db/statements.ts';
import type { Member } from './assign.service.ts';
import { Visit } from './task.entity.ts';

interface Stay {
  number: string;
  state: TicketState;
  assignee: Member | null;
  /** It is the same as before the change, and so is the step. */
  isKept: boolean;
  at: Date;
  /** This change puts the ticket on a step. */
  enters: boolean;
  /** The name of the transition by which it leaves one. */
  outcome: string | null;
}

/** Asks how often the ticket has come to the step of this state. */
export const visitsOfStep = (number: string, { phase }: TicketState): Question<{ count: number }> =>
  question(
    'select count(*)::int from tracking.visit where number = ? and step_key = ?',
    number,
    phase.at === 'step' ? phase.step : null,
  );

/** What ends the visit that the change leaves, and begins the one that it enters. */
export const visitWrites = (em: EntityManager, stay: Stay): Write[] => {
  const { number, state, assignee, isKept, at, enters, outcome } = stay;
  const { phase, visit } = state;
  const left = change(em, Visit, { leftAt: at, outcome }, when('t.number = ? and t.left_at is null', number));
  if (phase.at !== 'step') return [left];
  const held = { assigneeId: assignee?.id ?? null, assigneeName: assignee?.name ?? null };
  if (isKept) return [];
  if (!enters) return [change(em, Visit, held, when('t.number = ? and t.visit = ?', number, visit))];
  const { step: stepKey, role: roleKey, dueAt } = phase;
  const begun = { number, visit, stepKey, roleKey, ...held, enteredAt: at, dueAt: new Date(dueAt) };
  return [left, insertion(em, Visit, [begun])];
};
