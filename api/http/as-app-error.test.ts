import { once } from 'node:events';
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePorts } from '../../dev/ports.ts';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { openDatabase } from '../db/orm.ts';
import { createTemporalClient } from '../temporal/client.ts';
import { asAppError } from './as-app-error.ts';
import { AppError } from './problem.ts';

const errorOf = async (work: () => Promise<unknown>): Promise<AppError> => {
  try {
    await work();
  } catch (error) {
    return asAppError(error);
  }
  throw new Error('this should have failed');
};

describe('what PostgreSQL refuses', () => {
  let database: TestDatabase;
  let orm: Awaited<ReturnType<typeof openDatabase>>;
  const run = (sql: string, values: unknown[] = []) => errorOf(() => orm.em.fork().execute(sql, values));

  beforeAll(async () => {
    database = await freshDatabase();
    orm = await openDatabase({ url: database.url, pool: 2, limits: true });
  });
  afterAll(async () => {
    await orm.close();
    await database.drop();
  });

  test.each([
    ['a NUL character', 'select ?::text', ['a\0b']],
    ['a text as number', `select 'abc'::int`, []],
    ['a number too large', 'select 99999999999::int', []],
    ['a text too long', `insert into auth.rate_limit (key) values (repeat('x', 256))`, []],
    ['a day that is none', `select '2026-13-45'::date`, []],
  ])('because of %s is bad input', async (_what, sql, values) => {
    expect(await run(sql, values)).toMatchObject({ code: 'invalid_input' });
  });

  const passing = ['40001', '40P01', '57014', '57P01', '57P03', '55P03', '55000', '55006', '53100', '53300', '08006'];
  const mended = ['28000', '28P01', '3D000', '25P03', '25P04', '58030'];
  test.each([...passing, ...mended])('with %s passes by itself', async (state) => {
    const error = await run(`do $$ begin raise exception 'no' using errcode = '${state}'; end $$`);
    expect(error).toMatchObject({ code: 'unavailable', retryAfter: 2 });
  });

  test('because it is read-only passes more slowly, and says that reading works', async () => {
    const error = await run(`set transaction read only; insert into auth.system (slug, name) values ('tts', 'x')`);
    expect(error).toMatchObject({ code: 'unavailable', retryAfter: 60, message: expect.stringContaining('only read') });
  });

  test.each([
    ['no such socket', { host: '/nowhere' }],
    ['no such name', { host: 'nowhere.invalid' }],
    ['no such port', { host: '127.0.0.1', port: 9 }],
    ['no such database', { database: 'nowhere' }],
    ['no such account', { user: 'nobody' }],
    ['another password', { password: 'wrong horse' }],
  ])('because of %s passes when it is mended', async (_what, change) => {
    const { hostname: host, port, username: user, password, pathname } = new URL(database.url);
    const right = { host, port: Number(port), user, password, database: pathname.slice(1) };
    const client = new Client({ ...right, ...change });
    expect(await errorOf(() => client.connect())).toMatchObject({ code: 'unavailable', retryAfter: 2 });
  });

  test('because it is there already is a conflict', async () => {
    const insert = `insert into auth.system (slug, name) values ('tts', 'x'), ('tts', 'y')`;
    expect(await run(insert)).toMatchObject({ code: 'version_conflict' });
  });

  test('over a connection that broke a moment before passes by itself', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query('select pg_backend_pid() as pid');
    const broken = once(client, 'error');
    // A lost connection is told of twice.
    client.on('error', () => undefined);
    await orm.em.fork().execute('select pg_terminate_backend(?)', [rows[0].pid]);
    await broken;
    expect(await errorOf(() => client.query('select 1'))).toMatchObject({ code: 'unavailable', retryAfter: 2 });
  });

  test('because of our own mistake stays ours', async () => {
    expect(await run('select nothing from nowhere')).toMatchObject({ code: 'internal' });
  });
});

test('a database that is away is "not available now"', async () => {
  const [port] = await freePorts(1);
  const away = { url: `postgres://nobody@127.0.0.1:${port}/none`, pool: 2, limits: true };
  const error = await errorOf(async () => {
    const orm = await openDatabase(away);
    await orm.em
      .fork()
      .execute('select 1')
      .finally(() => orm.close());
  });
  expect(error).toMatchObject({ code: 'unavailable' });
});

describe('what Temporal answers', () => {
  test('nothing, because it is away: "not available now", with a time to try again', async () => {
    const [port] = await freePorts(1);
    const client = createTemporalClient({ TEMPORAL_ADDRESS: `127.0.0.1:${port}`, TEMPORAL_NAMESPACE: 'default' });
    const describeIt = () => client.workflow.getHandle('ticket:TX20261123000001').describe();
    const error = await errorOf(() => client.withDeadline(Date.now() + 300, describeIt));
    await client.connection.close();
    expect(error).toMatchObject({ code: 'unavailable', retryAfter: 5 });
  });

  test('that the workflow is not there yet: "not available now"', () => {
    const error = new WorkflowNotFoundError('not found', 'ticket:TX20261123000001', undefined);
    expect(asAppError(error)).toMatchObject({ code: 'unavailable' });
  });

  test('a refusal of a command: its code, its sentence and its facts', () => {
    const refusal = ApplicationFailure.nonRetryable('Maria has closed it', 'version_conflict', { since: 3 });
    const error = new WorkflowUpdateFailedError('WorkflowDefinition Update failed', refusal);
    expect(asAppError(error)).toMatchObject({
      code: 'version_conflict',
      message: 'Maria has closed it',
      details: { since: 3 },
    });
  });

  test('a failure that is no refusal stays ours', () => {
    const failure = ApplicationFailure.nonRetryable('Cannot read properties of undefined', 'TypeError');
    expect(asAppError(new WorkflowUpdateFailedError('WorkflowDefinition Update failed', failure))).toMatchObject({
      code: 'internal',
    });
  });
});

test('an expected error is found below what wraps it, and its words survive', () => {
  const cause = new AppError('not_allowed', 'This step belongs to Maria');
  expect(asAppError(new Error('transaction failed', { cause }))).toBe(cause);
});

test.each([[new Error('secret detail')], ['a string'], [undefined]])(
  'an unknown error is answered bland: %s',
  (error) => {
    const known = asAppError(error);
    expect(known).toMatchObject({ code: 'internal' });
    expect(known.message).not.toContain('secret');
  },
);
