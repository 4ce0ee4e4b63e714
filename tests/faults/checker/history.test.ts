import { expect, test } from 'vitest';
import { people, soundFacts } from './sound.fixture.ts';
import { again, type Broken, drop, entry, set, task, ticket, violationsIn, workflow } from './spoil.fixture.ts';

const history: Broken[] = [
  [
    'versions have no gap',
    (facts) => set(facts, { entries: facts.entries.filter(({ number, version }) => number !== 'B' || version !== 3) }),
    'B has no entry for version 3 of 4',
  ],
  [
    'an entry is there once',
    (facts) => facts.entries.splice(1, 0, entry(facts, 'A', 'submitted')),
    'A has entries 0, 0 in version 0',
  ],
  [
    'the entries of a version have no gap',
    (facts) => drop(facts.entries, (one) => one === entry(facts, 'A', 'routed')),
    'A has entries 0, 2, 3 in version 1',
  ],
  [
    'the history does not go beyond the ticket',
    (facts) =>
      facts.entries.splice(facts.entries.indexOf(entry(facts, 'C', 'submitted')) + 1, 0, {
        ...entry(facts, 'A', 'opened'),
        number: 'C',
      }),
    'C has entries of version 1, which it has not reached',
  ],
  [
    'a history begins with the submission by the requester',
    (facts) => set(entry(facts, 'C', 'submitted'), { actorId: people.admin }),
    'C begins with submitted by user 3',
  ],
  [
    'nothing happens to a ticket that may not happen to one like it',
    (facts) => set(entry(facts, 'A', 'closed'), { kind: 'overdue' }),
    'A was overdue while it was resolved',
  ],
  [
    'a ticket comes to the step that was due',
    (facts) => set(entry(facts, 'A', 'step_entered', 2), { data: { step: 'Triage' } }),
    'A came to Triage where resolve was due',
  ],
  [
    'a step is left by one of its ways',
    (facts) => set(entry(facts, 'A', 'step_done', 2), { data: { step: 'Triage', transition: 'Approve' } }),
    'A did Approve at Triage',
  ],
  [
    'a ticket on its way comes to a step',
    (facts) =>
      set(facts, {
        entries: facts.entries.filter(
          ({ number, version, kind }) => number !== 'D' || version !== 1 || kind === 'opened',
        ),
      }),
    'D never came to triage',
  ],
  [
    'the way out resolves the ticket, and no other',
    (facts) => drop(facts.entries, (one) => one === entry(facts, 'A', 'resolved')),
    'A is in_progress after Approve at Resolve',
  ],
  [
    'a step is overdue once',
    (facts) => {
      const end = facts.entries.indexOf(entry(facts, 'B', 'assigned', 4));
      facts.entries[end] = { ...entry(facts, 'B', 'overdue'), version: 4 };
    },
    'B was overdue twice at Resolve',
  ],
  [
    'a ticket follows a definition that is there',
    (facts) => facts.definitions.clear(),
    'A follows definition 7, which is not there',
  ],
  [
    'the row says what the history says',
    (facts) => set(ticket(facts, 'C'), { status: 'open' }),
    'C is open, its timeline ends with new',
  ],
  [
    'the stored state says what the row says',
    (facts) => set(ticket(facts, 'A'), { version: 5 }),
    'A is closed v5, its stored state closed v6',
  ],
  [
    'the step is with whom the history says',
    (facts) => set(entry(facts, 'B', 'assigned', 4), { data: { assignee: { id: people.manager } } }),
    'B is with user 5, its timeline says user 4',
  ],
  [
    'the task says what the row says',
    (facts) => set(task(facts, 'B'), { version: 3 }),
    'B is ["in_progress",4,"resolve",5], its task ["in_progress",3,"resolve",5]',
  ],
  [
    'the task is with whom the workflow says',
    (facts) => set(task(facts, 'B'), { assigneeId: people.manager }),
    'B is ["in_progress",4,"resolve",5], its task ["in_progress",4,"resolve",4]',
  ],
  [
    'an opened ticket has a task',
    (facts) => drop(facts.tasks, ({ number }) => number === 'B'),
    'B was opened and has no task',
  ],
  [
    'a ticket that was not opened has none',
    (facts) => again(facts.tasks, task(facts, 'B'), { number: 'C' }),
    'C has a task and was not opened',
  ],
  [
    'the workflow is where the row is',
    (facts) => set(workflow(facts, 'B'), { state: { ...ticket(facts, 'B').state, version: 3 } as never }),
    'B is v4, its workflow v3',
  ],
];

test.each(history)('K2: %s', (_, spoil, words) => {
  const facts = soundFacts();
  spoil(facts);
  expect(violationsIn(facts)).toContain(`K2 ${words}`);
});

test('K2: workflow and row agree in everything', () => {
  const facts = soundFacts();
  const { state } = ticket(facts, 'B');
  if (state) workflow(facts, 'B').state = { ...state, priority: 'low' };
  expect(violationsIn(facts)).toEqual([
    expect.stringMatching(/^K2 B is \{.+\} in PostgreSQL and \{.+"low".+\} in Temporal$/),
  ]);
});
