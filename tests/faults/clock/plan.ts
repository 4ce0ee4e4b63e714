import type { Definition } from '../../../workflows/ticket/rules/definition.ts';
import { type Priority, priorities } from '../../../workflows/ticket/rules/words.ts';
import type { Random } from '../random.ts';

/** When a step is left, relative to its deadline. */
const moments = ['early', 'late', 'just before', 'just after'] as const;
export type Moment = (typeof moments)[number];

export interface StepVisit {
  leaves: Moment;
  /** Share of the step's time for `early` and `late`. */
  share: number;
  goesBack: boolean;
  /** A colleague takes it over a second before the deadline. */
  changesHands: boolean;
}

/** What happens to a ticket and when, on a definition of its own. */
export interface Plan {
  definition: Definition;
  priority: Priority;
  /** Milliseconds from the start until it is opened. */
  openedAfter: number;
  visits: StepVisit[];
  /** How it ends when the last step was left. */
  end: 'requester' | 'time';
}

const minute = 60_000;
const day = 24 * 60 * minute;
const roles = ['admin', 'asset_manager'] as const;

const draftDefinition = (random: Random): Definition => {
  const count = random.between(1, 4);
  const keys = Array.from({ length: count }, (_, place) => `step-${place}`);
  const weightless = random.next() < 0.1;
  const sla = () => random.between(30 * minute, random.pick([day / 2, 3 * day, 20 * day]));
  return {
    start: keys[0] ?? '',
    steps: keys.map((key, place) => ({
      ...{ key, name: key, role: random.pick(roles), instruction: 'Do it.' },
      weight: weightless ? 0 : random.between(1, 7),
      transitions: [
        { key: 'on', name: 'On', to: keys[place + 1] ?? null, direction: 'forward' },
        ...(place === 0
          ? []
          : [{ key: 'back', name: 'Back', to: keys[place - 1] ?? null, direction: 'back' as const }]),
      ],
    })),
    sla: { critical: sla(), high: sla(), medium: sla(), low: sla() },
  };
};

export const draftPlan = (random: Random): Plan => ({
  definition: draftDefinition(random),
  priority: random.pick(priorities),
  openedAfter: random.between(0, 2 * day),
  visits: Array.from({ length: 8 }, () => ({
    leaves: random.pick(moments),
    share: random.next(),
    goesBack: random.next() < 0.2,
    changesHands: random.next() < 0.25,
  })),
  end: random.pick(['requester', 'time']),
});
