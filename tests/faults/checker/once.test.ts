import { expect, test } from 'vitest';
import { check } from './check.ts';
import { people, type SpoilableFacts, soundFacts } from './sound.fixture.ts';
import { again, type Broken, drop, sent, set, ticket, violationsIn } from './spoil.fixture.ts';

// An instrument that cannot see a fault is worse than none: here and in the tests beside this one each promise is broken
// once, and the checker must say which.

test('a world in which every promise is kept is found sound', () => {
  const { violations, count } = check(soundFacts());
  expect(violations).toEqual([]);
  expect(count).toEqual({ lost: 0, doubled: 0, unexpected: 0, recovered: 0 });
});

test('a ticket whose sender got no answer is counted as recovered, and breaks nothing', () => {
  const facts = soundFacts();
  drop(facts.operations, ({ kind, ticket: number }) => kind === 'submit' && number === 'C');
  drop(facts.operations, ({ kind }) => kind === 'list');
  expect(check(facts)).toEqual({ count: { lost: 0, doubled: 0, unexpected: 0, recovered: 1 }, violations: [] });
});

const once: Broken[] = [
  [
    'an acknowledged ticket is there',
    (facts) => drop(facts.tickets, ({ number }) => number === 'C'),
    'C was acknowledged for key-C of user 1 and is lost',
  ],
  [
    'an acknowledged ticket has the text that was sent',
    (facts) => set(ticket(facts, 'C'), { reference: 'key-Z' }),
    'C was acknowledged for key-C of user 1 and is lost',
  ],
  [
    'a text is there once, whatever key it bears',
    (facts) => again(facts.tickets, ticket(facts, 'C'), { number: 'E', key: 'another' }),
    'key-C of user 1 is there as C,E',
  ],
  [
    'every answer to a submission names the same ticket',
    (facts) => again(facts.operations, sent(facts, { kind: 'submit', ticket: 'B' }), { ticket: 'D' }),
    'key-B of user 1 was answered B and D',
  ],
  [
    'nothing is there that nobody sent',
    (facts) => again(facts.tickets, ticket(facts, 'C'), { number: 'E', key: 'key-E', reference: 'key-E' }),
    'key-E of user 1 is there, and that was not sent',
  ],
  [
    'a ticket is of the person who sent it',
    (facts) => set(ticket(facts, 'C'), { requesterId: people.manager }),
    'key-C of user 4 is there, and that was not sent',
  ],
  ['a ticket has a workflow', (facts) => facts.workflows.delete('C'), 'C has no workflow'],
  [
    'a ticket that is open has a workflow, also after Temporal has lost everything',
    (facts) => {
      facts.wipes = 1;
      facts.workflows.delete('B');
    },
    'B has no workflow',
  ],
  [
    'a workflow has a ticket, and each ticket one workflow',
    (facts) => void facts.strayWorkflows.push('ticket:Z'),
    'the workflow ticket:Z runs beside the tickets that are there',
  ],
  ['the outbox is emptied', (facts) => void facts.waiting.push('ticket:C'), 'ticket:C still waits in the outbox'],
];

test.each(once)('K1: %s', (_, spoil, words) => {
  const facts = soundFacts();
  spoil(facts);
  expect(violationsIn(facts)).toContain(`K1 ${words}`);
});

test('K1: a ticket that is over gets no new workflow when Temporal has lost everything', () => {
  const facts = soundFacts();
  facts.wipes = 1;
  facts.workflows.delete('A');
  expect(violationsIn(facts)).toEqual([]);
});

test.each([
  ['lost', (facts: SpoilableFacts) => drop(facts.tickets, ({ number }) => number === 'C')],
  ['doubled', (facts: SpoilableFacts) => again(facts.tickets, ticket(facts, 'C'), { number: 'E' })],
  ['unexpected', (facts: SpoilableFacts) => set(ticket(facts, 'C'), { requesterId: people.manager })],
])('K1: what is %s is counted', (name, spoil) => {
  const facts = soundFacts();
  spoil(facts);
  expect(check(facts).count).toMatchObject({ [name]: 1 });
});
