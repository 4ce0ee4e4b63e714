import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { openDesk } from '../../tests/desk.ts';
import { makeActor, makeWorld, review, submit } from '../../tests/factories.ts';
import { freshNamespace, openMailbox, type TestMailbox } from '../../tests/stack.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { checkReadiness } from './health.ts';

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

/** What a stranger hears, and what an admin does. */
const readiness = async ({ app, context }: Pick<TestSystem, 'app' | 'context'>) => {
  const [response, details] = await Promise.all([app.request('http://localhost:8000/readyz'), checkReadiness(context)]);
  return { status: response.status, body: await response.json(), ...details };
};

const noQueue = { workflow: false, helpdesk: false, notification: false };
const no = { status: 503, body: { ready: false }, ready: false } as const;

test('ready: PostgreSQL, Temporal and workers of all queues are there', async () => {
  // A worker's first polls are on their way.
  const state = await until(async () => {
    const found = await readiness(system);
    return found.ready ? found : null;
  });
  expect(state).toEqual({
    ...{ status: 200, body: { ready: true }, ready: true, postgres: true, temporal: true },
    queues: { workflow: true, helpdesk: true, notification: true },
    missing: [],
  });
});

test('however many ask at once whether it is ready, everything is looked at once', async () => {
  const answers = await Promise.all([checkReadiness(system.context), checkReadiness(system.context)]);
  expect(answers[0]).toBe(answers[1]);
});

test('not ready without a worker, and says which queues nobody serves', async () => {
  const desk = await openDesk({
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: await freshNamespace(),
  });
  onTestFinished(() => desk.close());
  const missing = [
    'No worker serves workflow and helpdesk and notification: start one with node activities/worker.ts.',
  ];
  expect(await readiness(desk)).toEqual({ ...no, postgres: true, temporal: true, queues: noQueue, missing });
});

test('not ready without Temporal, and an admin can ask why; it runs all the same', async () => {
  const desk = await openDesk();
  onTestFinished(() => desk.close());
  const missing = [expect.stringMatching(/^Temporal at 127.0.0.1:9 \(TEMPORAL_ADDRESS\) does not answer: /)];
  expect(await readiness(desk)).toEqual({ ...no, postgres: true, temporal: false, queues: noQueue, missing });
  // Nobody but an admin hears more than yes or no.
  const details = '/api/operations/readiness';
  const { browser: admin } = await makeActor(desk, { hdts: ['Admin'] });
  const { browser: agent } = await makeActor(desk, { tts: ['Asset Manager'] });
  expect(await admin.get(details)).toMatchObject({ status: 200, body: { ready: false, postgres: true, missing } });
  expect((await agent.get(details)).status).toBe(403);
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
  const missing = [expect.stringMatching(/^PostgreSQL at .* does not answer: .*not currently accepting connections/)];
  expect(await readiness(desk)).toMatchObject({ ...no, postgres: false, temporal: true, missing });
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
