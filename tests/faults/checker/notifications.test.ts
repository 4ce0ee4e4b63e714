import { expect, test } from 'vitest';
import { people, soundFacts } from './sound.fixture.ts';
import { again, type Broken, drop, notification, set, violationsIn } from './spoil.fixture.ts';

const notifications: Broken[] = [
  [
    'the requester hears of what becomes of the ticket',
    (facts) => drop(facts.notifications, ({ eventKey }) => eventKey === 'A:v2:requester'),
    'user 1, A:v2:requester (in_progress) was not notified',
  ],
  [
    'who has to act hears of it',
    (facts) => drop(facts.notifications, ({ eventKey }) => eventKey === 'A:v1:agent'),
    'user 3, A:v1:agent (assigned) was not notified',
  ],
  [
    'who has to act again hears why',
    (facts) => set(notification(facts, 'A:v3:agent'), { kind: 'assigned' }),
    'user 3, A:v3:agent (sent_back) was not notified',
  ],
  [
    'who is late hears of it',
    (facts) => drop(facts.notifications, ({ eventKey }) => eventKey === 'B:v3:agent'),
    'user 4, B:v3:agent (overdue) was not notified',
  ],
  [
    'who has lost a step to a colleague hears of it',
    (facts) => drop(facts.notifications, ({ eventKey }) => eventKey === 'B:v4:agent'),
    'user 4, B:v4:agent (taken) was not notified',
  ],
  [
    'who has lost a step by withdrawal hears of it',
    (facts) => drop(facts.notifications, ({ eventKey }) => eventKey === 'D:v2:agent'),
    'user 3, D:v2:agent (withdrawn) was not notified',
  ],
  [
    'nobody is notified twice',
    (facts) =>
      again(facts.notifications, notification(facts, 'A:v1:agent'), { messageId: '<another>', mail: 'failed' }),
    'user 3, A:v1:agent (assigned) was notified twice',
  ],
  [
    'nobody else is notified',
    (facts) => again(facts.notifications, notification(facts, 'A:v1:agent'), { userId: people.colleague }),
    'user 5, A:v1:agent (assigned) was notified for no reason',
  ],
  [
    'nobody is notified of what they did themselves',
    (facts) =>
      again(facts.notifications, notification(facts, 'A:v1:requester'), {
        number: 'D',
        eventKey: 'D:v2:requester',
        kind: 'withdrawn',
      }),
    'user 1, D:v2:requester (withdrawn) was notified for no reason',
  ],
  [
    'nobody is notified of a ticket that is not there',
    (facts) => again(facts.notifications, notification(facts, 'A:v1:agent'), { number: 'Z', eventKey: 'Z:v1:agent' }),
    'Z:v1:agent is about a ticket that is not there',
  ],
];

test.each(notifications)('K3: %s', (_, spoil, words) => {
  const facts = soundFacts();
  spoil(facts);
  expect(violationsIn(facts)).toContain(`K3 ${words}`);
});
