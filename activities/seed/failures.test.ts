import { ApplicationFailure } from '@temporalio/activity';
import { expect, test } from 'vitest';
import { AppError } from '../../api/http/problem.ts';
import { explained, seedFirst } from './failures.ts';

const failureOf = (error: unknown): Promise<unknown> =>
  explained(() => Promise.reject(error))().then(
    () => null,
    (failure: unknown) => failure,
  );

test('when PostgreSQL is down, the error says so and is retried', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:54329'), { code: 'ECONNREFUSED' });
  expect(await failureOf(refused)).toMatchObject({
    message: 'PostgreSQL does not answer. Start it, or mend DATABASE_URL.',
    nonRetryable: false,
  });
});

test('a refusal by a service ends the retries and keeps its text', async () => {
  const taken = new AppError('not_allowed', 'The username clara belongs to another user.');
  expect(await failureOf(taken)).toMatchObject({ message: taken.message, type: 'not_allowed', nonRetryable: true });
});

test('an error about missing seeds passes unchanged', async () => {
  const first = seedFirst('System does not exist: tts', 'systems');
  expect(await failureOf(first)).toBe(first);
  expect(first).toBeInstanceOf(ApplicationFailure);
});

test('a row that another seeding has just written is retried', async () => {
  const duplicate = Object.assign(new Error('duplicate key value'), { code: '23505' });
  expect(await failureOf(duplicate)).toBe(duplicate);
});
