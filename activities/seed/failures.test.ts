import { ApplicationFailure } from '@temporalio/activity';
import { expect, test } from 'vitest';
import { AppError } from '../../api/http/problem.ts';
import { explained, seedFirst } from './failures.ts';

const failureOf = (error: unknown): Promise<unknown> =>
  explained(() => Promise.reject(error))().then(
    () => null,
    (failure: unknown) => failure,
  );

test('PostgreSQL that is away is named, and asked again', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:54329'), { code: 'ECONNREFUSED' });
  expect(await failureOf(refused)).toMatchObject({
    message: 'PostgreSQL does not answer. Start it, or mend DATABASE_URL.',
    nonRetryable: false,
  });
});

test('a refusal of the services ends the tries with its own words', async () => {
  const taken = new AppError('not_allowed', 'The username clara belongs to another user.');
  expect(await failureOf(taken)).toMatchObject({ message: taken.message, type: 'not_allowed', nonRetryable: true });
});

test('what must be seeded first stays as it is', async () => {
  const first = seedFirst('System does not exist: tts', 'systems');
  expect(await failureOf(first)).toBe(first);
  expect(first).toBeInstanceOf(ApplicationFailure);
});

test('a row that a neighbour has just written is looked up once more', async () => {
  const duplicate = Object.assign(new Error('duplicate key value'), { code: '23505' });
  expect(await failureOf(duplicate)).toBe(duplicate);
});
