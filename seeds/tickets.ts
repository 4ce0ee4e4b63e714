import type { Faker } from '@faker-js/faker';
import type { Form } from '../api/helpdesk/form.schema.ts';
import {
  type Category,
  categories,
  type Department,
  departments,
  type Priority,
} from '../workflows/ticket/rules/words.ts';
import { type Fate, fateDeck } from './fates.ts';
import { createFaker, defaultSeed } from './people.ts';
import { fillForm } from './ticket-forms.ts';
import { type Note, notes } from './topics/notes.ts';

/** `tickets`: a mix of tickets at every stage; `tickets_open`: opened and waiting in triage. */
export type TicketBatch = 'tickets' | 'tickets_open';

export interface TicketSeed {
  /** The Idempotency-Key of its submission, so that seeding it again finds the first ticket. */
  key: string;
  fate: Fate;
  /** The coordinator's choices when opening it. */
  priority: Priority;
  department: Department;
  /** Random numbers that pick one of the existing employees and coordinators. */
  requesterPick: number;
  coordinatorPick: number;
  /** How long ago it was submitted. */
  ageMinutes: number;
  noteOf(kind: Note): string;
  formFor(requesterName: string): Form;
}

const usualDepartment: Record<Exclude<Category, 'general_request'>, Department> = {
  it_support: 'it',
  asset_check_in: 'asset',
  asset_check_out: 'asset',
  budget_proposal: 'budget',
};

const priorityWeights: { weight: number; value: Priority }[] = [
  { weight: 1, value: 'critical' },
  { weight: 3, value: 'high' },
  { weight: 4, value: 'medium' },
  { weight: 2, value: 'low' },
];

// Two batches, or two consecutive seeds, must not make the same tickets.
const stream = (batch: TicketBatch, seed: number): number => seed * 7 + (batch === 'tickets' ? 0 : 1_000_003);

/** The n-th card of a deck that is dealt repeatedly and shuffled before each deal. */
const dealt = <Card>(deck: readonly Card[], n: number, seed: number): Card | undefined =>
  createFaker(seed + Math.floor(n / deck.length)).helpers.shuffle(deck)[n % deck.length];

export interface TicketBatchSettings {
  batch: TicketBatch;
  /** The day of the seeding, like `2026-11-23`; dates in the forms are after it. */
  today: string;
  seed?: number;
}

/** Ticket n (from 0) of a batch; the same for the same day and seed. */
export const ticketSeed = (n: number, { batch, today, seed = defaultSeed }: TicketBatchSettings): TicketSeed => {
  const from = stream(batch, seed);
  const faker = createFaker(from + n);
  const category = dealt(categories, n, from + 100_000) ?? 'general_request';
  const department =
    category === 'general_request' ? faker.helpers.arrayElement(departments) : usualDepartment[category];
  const fate = batch === 'tickets' ? (dealt(fateDeck, n, from + 200_000) ?? 'new') : 'in_triage';
  return {
    key: `seed:${batch}:${n + 1}`,
    fate,
    priority: faker.helpers.weightedArrayElement(priorityWeights),
    department,
    requesterPick: faker.number.int(1_000_000),
    coordinatorPick: faker.number.int(1_000_000),
    ageMinutes: faker.number.int({ min: 5, max: 72 * 60 }),
    noteOf: (kind) => noteOf(kind, from + n),
    formFor: (requesterName) =>
      fillForm({
        category,
        index: Math.floor(n / categories.length) + (batch === 'tickets' ? 0 : 5),
        today,
        requesterName,
        faker: formFaker(from + n),
      }),
  };
};

const formFaker = (seed: number): Faker => createFaker(seed + 300_000);

const noteOf = (kind: Note, seed: number): string => createFaker(seed + 400_000).helpers.arrayElement(notes[kind]);
