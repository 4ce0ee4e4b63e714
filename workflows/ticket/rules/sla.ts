import { type Definition, stepOf } from './definition.ts';
import type { Priority } from './words.ts';

const hour = 3_600_000;
const autoCloseHours = 72;

/** A resolved ticket that the requester does not confirm closes after this time, in milliseconds. */
export const autoCloseAfter = autoCloseHours * hour;

/** The same in words: "72 hours". */
export const autoCloseWords = `${autoCloseHours} hours`;

/** The deadline of a step entered at `now`: its share of the ticket's time, by weight. All in milliseconds. */
export const stepDueAt = (definition: Definition, stepKey: string, priority: Priority, now: number): number => {
  const total = definition.steps.reduce((sum, step) => sum + step.weight, 0);
  const share = total > 0 ? stepOf(definition, stepKey).weight / total : 1 / definition.steps.length;
  return now + Math.round(definition.sla[priority] * share);
};
