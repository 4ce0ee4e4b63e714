import { expect, test } from 'vitest';
import { mailOf } from './mails.fixture.ts';
import { type SpoilableFacts, soundFacts } from './sound.fixture.ts';
import { type Broken, notification, set, violationsIn } from './spoil.fixture.ts';

/** The mail that this notification begins comes so often. */
const comes = (facts: SpoilableFacts, eventKey: string, times: number): void => {
  const digest = `<${eventKey}>`;
  facts.copies.set(
    digest,
    Array<string>(times).fill(mailOf(facts.notifications.filter((one) => one.digest === digest))),
  );
};

const mails: Broken[] = [
  [
    'a notification has a mail',
    (facts) => set(notification(facts, 'A:v1:agent'), { mail: null }),
    'A:v1:agent has no mail',
  ],
  [
    'a mail leaves',
    (facts) => set(notification(facts, 'A:v1:agent'), { mail: 'pending' }),
    'the mail of A:v1:agent still waits',
  ],
  [
    'a mail that was noted as sent came',
    (facts) => facts.copies.delete('<A:v1:agent>'),
    'the mail of A:v1:agent was noted as sent and never came',
  ],
  [
    'a mail says all that it was sent for',
    (facts) => facts.copies.set('<A:v5:requester>', [mailOf([notification(facts, 'A:v5:requester')])]),
    'the mail of A:v6:requester came without it',
  ],
  [
    'and does so in each copy, of which its reader may see any',
    (facts) => facts.copies.get('<A:v5:requester>')?.push(mailOf([notification(facts, 'A:v6:requester')])),
    'the mail of A:v5:requester came without it',
  ],
  [
    'two notifications with the same words are in the mail twice',
    (facts) => set(notification(facts, 'A:v6:requester'), { words: notification(facts, 'A:v5:requester').words }),
    'the mail of A:v6:requester came without it',
  ],
  [
    'a mail for another one does not count',
    (facts) => set(notification(facts, 'A:v2:agent'), { digest: '<A:v1:agent>' }),
    'the mail of A:v2:agent came without it',
  ],
  [
    'a mail is given up only when it was refused',
    (facts) => set(notification(facts, 'A:v1:agent'), { mail: 'failed' }),
    '1 mails were given up, and 0 tries were refused',
  ],
  [
    'a kill costs one copy, not two of one mail',
    (facts) => comes(facts, 'A:v1:agent', 3),
    '2 copies too many came, and workers were killed 1 times',
  ],
  [
    'only a worker that was killed costs a copy',
    (facts) => {
      comes(facts, 'A:v1:agent', 2);
      comes(facts, 'A:v2:agent', 2);
    },
    '2 copies too many came, and workers were killed 1 times',
  ],
  [
    'a mail belongs to a notification',
    (facts) => facts.copies.set('<nobody>', ['Hello']),
    'mail <nobody> belongs to no notification',
  ],
  [
    'two mails have two ids',
    (facts) => set(notification(facts, 'A:v2:agent'), { messageId: '<A:v1:agent>' }),
    'the mail of A:v2:agent bears the id of another one',
  ],
];

test.each(mails)('K4: %s', (_, spoil, words) => {
  const facts = soundFacts();
  spoil(facts);
  expect(violationsIn(facts)).toContain(`K4 ${words}`);
});

test('K4: one copy more is borne where a worker was killed', () => {
  const facts = soundFacts();
  comes(facts, 'A:v5:requester', 2);
  expect(violationsIn(facts)).toEqual([]);
});

test('K4: two kills may meet the same mail', () => {
  const facts = soundFacts();
  comes(facts, 'A:v5:requester', 3);
  facts.workerKills = 2;
  expect(violationsIn(facts)).toEqual([]);
});

test('K4: a mail that was refused costs one refusal, however many notifications it has', () => {
  const facts = soundFacts();
  for (const eventKey of ['A:v5:requester', 'A:v6:requester']) set(notification(facts, eventKey), { mail: 'failed' });
  facts.copies.delete('<A:v5:requester>');
  facts.refusals = 1;
  expect(violationsIn(facts)).toEqual([]);
});

test('K4: the text of a mail may be wrapped anew on the way', () => {
  const facts = soundFacts();
  facts.copies.set('<A:v1:agent>', [mailOf([notification(facts, 'A:v1:agent')]).replaceAll(' ', ' \r\n')]);
  expect(violationsIn(facts)).toEqual([]);
});
