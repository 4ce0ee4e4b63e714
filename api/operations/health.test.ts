import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { openDesk } from '../../tests/desk.ts';
import { makeWorld, review, submit } from '../../tests/factories.ts';
import { freshNamespace, openMailbox, type TestMailbox } from '../../tests/stack.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';

let mailbox: TestMailbox;
let system: TestSystem;

beforeAll(async () => {
  mailbox = await openMailbox();
  system = await startSystem({ SMTP_URL: mailbox.smtpUrl });
});
afterAll(async () => {
  await system.close();
  await mailbox.close();
});

interface App {
  request(path: string): Response | Promise<Response>;
}

const readiness = async (app: App) => {
  const response = await app.request('http://localhost:8000/readyz');
  return { status: response.status, ...(await response.json()) };
};

const noQueue = { workflow: false, helpdesk: false, notification: false };

test('ready: PostgreSQL, Temporal and workers of all queues are there', async () => {
  // A worker's first polls are on their way.
  const state = await until(async () => {
    const found = await readiness(system.app);
    return found.ready ? found : null;
  });
  expect(state).toEqual({
    ...{ status: 200, ready: true, postgres: true, temporal: true },
    queues: { workflow: true, helpdesk: true, notification: true },
  });
});

test('not ready without a worker, and says which queues nobody serves', async () => {
  const desk = await openDesk({
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: await freshNamespace(),
  });
  onTestFinished(() => desk.close());
  const expected = { status: 503, ready: false, postgres: true, temporal: true, queues: noQueue };
  expect(await readiness(desk.app)).toEqual(expected);
});

test('not ready without Temporal; it runs all the same', async () => {
  const desk = await openDesk();
  onTestFinished(() => desk.close());
  const expected = { status: 503, ready: false, postgres: true, temporal: false, queues: noQueue };
  expect(await readiness(desk.app)).toEqual(expected);
  const live = await desk.app.request('http://localhost:8000/healthz');
  expect([live.status, await live.json()]).toEqual([200, { alive: true }]);
});

test('not ready without PostgreSQL', async () => {
  const { TEMPORAL_NAMESPACE, TEMPORAL_ADDRESS } = system.context.config;
  const desk = await openDesk({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE });
  onTestFinished(() => desk.close());
  const [{ name } = { name: '' }] = await desk.context.orm.em.fork().execute('select current_database() as name');
  await system.context.orm.em.fork().execute(`alter database ${name} allow_connections false`);
  await system.context.orm.em
    .fork()
    .execute('select pg_terminate_backend(pid) from pg_stat_activity where datname = ? and usename = current_user', [
      name,
    ]);
  const state = await readiness(desk.app);
  expect(state).toMatchObject({ status: 503, ready: false, postgres: false, temporal: true });
});

test('the mail of a change is in the mailbox of the one whom it concerns, once', async () => {
  const { employee, coordinator, admin } = await makeWorld(system);
  const number = await submit(employee);
  expect((await review(coordinator, number, 'open', { priority: 'high', department: 'asset' })).status).toBe(200);
  const sent = () => mailbox.messages().filter((mail) => mail.subject.includes(number));
  await until(() => sent().length === 2);
  await until(async () => {
    const rows = await system.context.orm.em.fork().execute(`select 1 from notification.mail where state = 'sent'`);
    return rows.length === 2;
  });
  const to = (email: string) => sent().filter((mail) => mail.to.includes(email));
  expect(to(employee.email)).toMatchObject([
    { text: expect.stringContaining(`http://localhost:8000/help/tickets/${number}`) },
  ]);
  expect(to(admin.email)).toMatchObject([
    { text: expect.stringContaining(`http://localhost:8000/desk/tickets/${number}`) },
  ]);
  expect(sent()).toHaveLength(2);
});
