import { expect, test } from 'vitest';
import { soundFacts } from './sound.fixture.ts';
import { type Broken, set, violationsIn, workflow } from './spoil.fixture.ts';

const unhealthy: Broken[] = [
  [
    'a workflow ends with its ticket',
    (facts) => set(workflow(facts, 'A'), { status: 'RUNNING' }),
    'the workflow of A is RUNNING, it should be COMPLETED',
  ],
  [
    'a workflow runs as long as its ticket',
    (facts) => set(workflow(facts, 'B'), { status: 'TERMINATED' }),
    'the workflow of B is TERMINATED, it should be RUNNING',
  ],
  [
    'nothing is tried for ever',
    (facts) => set(workflow(facts, 'B'), { attempts: 21 }),
    'the workflow of B tries the same for the 21th time',
  ],
  [
    'no workflow task fails',
    (facts) => void workflow(facts, 'B').failures.push('NON_DETERMINISTIC_ERROR: other code'),
    'the workflow of B failed a workflow task: NON_DETERMINISTIC_ERROR: other code',
  ],
  [
    'what is not a ticket comes to its end',
    (facts) => void facts.unfinished.push('notification.deliver:7'),
    'the workflow notification.deliver:7 still runs',
  ],
];

test.each(unhealthy)('K6: %s', (_, spoil, words) => {
  const facts = soundFacts();
  spoil(facts);
  expect(violationsIn(facts)).toContain(`K6 ${words}`);
});
