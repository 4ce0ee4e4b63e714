import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { queryOnce } from '../../dev/postgres-address.ts';
import { type Actor, laptopForm, makeActor } from '../../tests/factories.ts';
import { freshDatabase, type TestDatabase, testConfig } from '../../tests/stack.ts';
import { createApp } from '../app.ts';
import { testPassword } from '../auth/people.fixture.ts';
import { type Context, createContext } from '../context.ts';
import { checkReadiness } from './health.ts';

// The API of this test has an account of its own at PostgreSQL, which can be spoiled without harm to others.
const account = `test_${randomBytes(6).toString('hex')}`;
const password = 'right';
const asAdmin = (text: string) => queryOnce(inject('adminDatabaseUrl'), text);

let database: TestDatabase;
let context: Context;
let app: ReturnType<typeof createApp>;
let employee: Actor;

beforeAll(async () => {
  database = await freshDatabase();
  const url = new URL(database.url);
  await asAdmin(`create role ${account} login password '${password}' in role ${url.username}`);
  url.username = account;
  url.password = password;
  context = await createContext(testConfig({ DATABASE_URL: url.href }), 'test');
  app = createApp(context);
  employee = await makeActor({ app, context }, { hdts: ['Employee'] });
});
afterAll(async () => {
  await context.close();
  await database.drop();
  await asAdmin(`drop role ${account}`);
});

/** Those who come now meet the account as it is now; those who are there already are sent away. */
const renewConnections = () =>
  asAdmin(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${account}'`);

afterEach(async () => {
  await asAdmin(`alter role ${account} login password '${password}'`);
  await asAdmin(`alter role ${account} reset default_transaction_read_only`);
  await renewConnections();
});

let keys = 0;
const submit = () =>
  employee.browser.post('/api/helpdesk/tickets', laptopForm, { 'idempotency-key': `submission-${++keys}` });

const untilAnswered = async (ask: () => Promise<{ status: number }>, status: number): Promise<void> =>
  // The connections in the pool hear a moment later that they are closed.
  expect.poll(async () => (await ask()).status).toBe(status);

const readiness = async () => {
  const [answer, { postgres, missing }] = await Promise.all([
    app.request('http://localhost:8000/readyz'),
    checkReadiness(context),
  ]);
  return { status: answer.status, body: await answer.json(), postgres, missing };
};

const red = { status: 503, body: { ready: false }, postgres: false };

test('PostgreSQL that is read-only: changes are 503 with a time to try again, reading works, and /readyz is red', async () => {
  await asAdmin(`alter role ${account} set default_transaction_read_only = on`);
  await renewConnections();
  await untilAnswered(() => employee.browser.get('/api/helpdesk/tickets'), 200);
  const answer = await submit();
  expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable', detail: expect.stringContaining('read') } });
  expect(answer.headers.get('retry-after')).toBe('60');
  expect(await employee.browser.signIn({ email: employee.email, password: testPassword })).toMatchObject({
    status: 503,
    body: { code: 'unavailable' },
  });
  expect(await readiness()).toMatchObject({
    ...red,
    missing: expect.arrayContaining([expect.stringContaining('is read-only: nothing can be changed')]),
  });
});

test.each([
  ['has another password', `password 'another'`, 'password authentication failed'],
  ['takes this account no more', 'nologin', 'is not permitted to log in'],
])('PostgreSQL that %s: 503 with a time to try again, and /readyz is red at once', async (_what, change, reason) => {
  await untilAnswered(() => employee.browser.get('/api/me'), 200);
  await asAdmin(`alter role ${account} ${change}`);
  // Those of the pool were let in before.
  expect(await employee.browser.get('/api/me')).toMatchObject({ status: 200 });
  expect(await readiness()).toMatchObject({
    ...red,
    missing: expect.arrayContaining([expect.stringContaining(reason)]),
  });
  await renewConnections();
  await untilAnswered(() => employee.browser.get('/api/me'), 503);
  const answer = await submit();
  expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(JSON.stringify(answer.body)).not.toContain(account);
});

test('and it goes on by itself when that is mended', async () => {
  await untilAnswered(() => employee.browser.get('/api/me'), 200);
  expect((await submit()).status).toBe(201);
});
