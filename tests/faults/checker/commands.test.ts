import { expect, test } from 'vitest';
import { people, soundFacts } from './sound.fixture.ts';
import { again, type Broken, drop, entry, sent, set, violationsIn, visit } from './spoil.fixture.ts';

const commands: Broken[] = [
  [
    'a command that was answered is in the timeline',
    (facts) =>
      again(facts.operations, sent(facts, { command: 'close' }), { ticket: 'B', command: 'approve', version: 5 }),
    'B: approve by user 1 made version 5, and that is not so',
  ],
  [
    'it is there as what it was',
    (facts) =>
      set(entry(facts, 'A', 'step_done', 5), { data: { step: 'Resolve', transition: 'Reject', direction: 'back' } }),
    'A: approve by user 4 made version 5, and that is not so',
  ],
  [
    'it is there under the name of its sender',
    (facts) => set(entry(facts, 'A', 'step_done', 5), { actorId: people.colleague }),
    'A: approve by user 4 made version 5, and that is not so',
  ],
  [
    'who takes a step over has it then',
    (facts) => set(entry(facts, 'B', 'assigned', 4), { actorId: people.admin }),
    'B: take by user 5 made version 4, and that is not so',
  ],
  [
    'a version is the answer to one command',
    (facts) => again(facts.operations, sent(facts, { command: 'approve' }), { key: 'another-key' }),
    'A v5 was the answer to 2 commands',
  ],
  [
    'a command that is sent again is answered as it was at first',
    (facts) => again(facts.operations, sent(facts, { command: 'approve' }), { version: 6 }),
    'the command approve-A-5 of user 4 made version 5, then 6',
  ],
  [
    'what was refused was not done',
    (facts) => {
      const withdrawal = sent(facts, { command: 'withdraw' });
      facts.operations[facts.operations.indexOf(withdrawal)] = { ...withdrawal, outcome: 'refused' };
    },
    'D: withdraw by user 1 was done 1 times and sent 0 times',
  ],
  [
    'each visit to a step is recorded',
    (facts) => drop(facts.visits, (one) => one === visit(facts, 'A', 4)),
    'A entered 4 steps and has 3 visits',
  ],
  [
    'visits are numbered without a gap',
    (facts) => set(visit(facts, 'B', 2), { visit: 3 }),
    'B has a gap in its visits',
  ],
];

test.each(commands)('K2: %s', (_, spoil, words) => {
  const facts = soundFacts();
  spoil(facts);
  expect(violationsIn(facts)).toContain(`K2 ${words}`);
});

test.each([
  ['assigneeId', people.manager],
  ['left', true],
  ['outcome', 'Approve'],
  ['stepKey', 'triage'],
])('K2: a visit agrees with the history in its %s', (name, value) => {
  const facts = soundFacts();
  Reflect.set(visit(facts, 'B', 2), name, value);
  const [violation, ...others] = violationsIn(facts);
  expect(violation).toMatch(/^K2 B has \{"visit":2,.+\} as its visit where its timeline has \{"visit":2,.+\}$/);
  expect(others).toEqual([]);
});
