import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { ownFailure } from './failures.ts';

const telling = 'Key (email)=(sam@example.com) already exists.';

test('Temporal hears PostgreSQL’s code and the kind of error, not its text', () => {
  const cause = Object.assign(new Error(telling), { code: '23505', detail: telling });
  const error = Object.assign(new Error(`insert into … - ${telling}`, { cause }), { name: 'DriverException' });
  expect(ownFailure(error, 'Write the change down')).toMatchObject({
    message: `The activity "Write the change down" failed: DriverException 23505. The worker's log has the text.`,
    type: 'DriverException',
    details: [{ code: '23505' }],
    nonRetryable: false,
    cause: undefined,
  });
});

test('a text that poses as a code is left out', () => {
  const error = Object.assign(new Error(telling), { code: telling });
  expect(ownFailure(error, 'sendMail')).toMatchObject({
    message: `The activity "sendMail" failed: Error. The worker's log has the text.`,
    details: [],
  });
});

test('a failure in our own words stays, but without what has caused it', () => {
  const refusal = { message: 'Seed the systems first.', type: 'seed_first', nonRetryable: true };
  const failure = ApplicationFailure.create({ ...refusal, cause: new Error(telling) });
  expect(ownFailure(failure, 'seedRoles')).toMatchObject({ ...refusal, cause: undefined });
  const plain = ApplicationFailure.create(refusal);
  expect(ownFailure(plain, 'seedRoles')).toBe(plain);
});

test('a cancellation stays one', () => {
  const cancelled = new CancelledFailure('CANCELLED');
  expect(ownFailure(cancelled, 'seedPeople')).toBe(cancelled);
});
