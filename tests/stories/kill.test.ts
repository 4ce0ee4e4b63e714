import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '../../api/config.ts';
import { type Context, createContext } from '../../api/context.ts';
import { OutboxEntry } from '../../api/db/outbox/outbox.entity.ts';
import { Ticket } from '../../api/helpdesk/ticket.entity.ts';
import { Notification } from '../../api/notification/notification.entity.ts';
import { isServed } from '../../api/operations/health.ts';
import { freePorts } from '../../dev/ports.ts';
import { act, laptopForm, makeWorld, readTicket, review, submit, untilAnswered, type World } from '../factories.ts';
import { startApi, startWorker, type TestProcess } from '../processes.ts';
import { freshDatabase, freshNamespace, type TestDatabase, testConfig } from '../stack.ts';
import { until } from '../until.ts';

let database: TestDatabase;
let config: Config;
let context: Context;
let api: TestProcess;
let worker: TestProcess;
let world: World;

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  database = await freshDatabase();
  const namespace = await freshNamespace();
  config = testConfig({ DATABASE_URL: database.url, TEMPORAL_NAMESPACE: namespace, PORT: port });
  context = await createContext(config, 'test');
  [api, worker] = await Promise.all([startApi(config), startWorker(config)]);
  // Pages use the configured address; here that is the port of the process under test.
  const request = (url: string, init: RequestInit) => {
    const { pathname, search } = new URL(url);
    return fetch(`http://127.0.0.1:${port}${pathname}${search}`, init);
  };
  world = await makeWorld({ context, app: { request } });
});
afterAll(async () => {
  await Promise.all([api?.stop(), worker?.stop()]);
  await context?.close();
  await database?.drop();
});

const kindsOf = async (number: string): Promise<string[]> =>
  (await readTicket(world.admin, number)).timeline.map((entry: { event: { kind: string } }) => entry.event.kind);

const toTriage = ['submitted', 'opened', 'routed', 'step_entered', 'assigned'];
const onward = ['step_done', 'step_entered', 'assigned'];

test('killing a worker in the middle of commands neither loses nor duplicates anything', async () => {
  const { employee, coordinator, admin, assetManager } = world;
  const number = await submit(employee);
  expect((await review(coordinator, number, 'open', { priority: 'high', department: 'asset' })).status).toBe(200);

  const submitting = untilAnswered(() => act(admin, number, 'submit'));
  await worker.kill();
  const whileAway = await submit(employee);
  worker = await startWorker(config);
  // 200 when the answer arrived, 409 when it was lost and a retry found the change in the timeline.
  expect([200, 409]).toContain((await submitting).status);
  await until(async () => (await kindsOf(number)).join() === [...toTriage, ...onward].join());

  expect((await act(assetManager, number, 'approve')).status).toBe(200);
  await worker.kill();
  worker = await startWorker(config);
  expect((await untilAnswered(() => act(admin, number, 'finalize'))).status).toBe(200);
  expect((await review(employee, number, 'close', {})).body).toMatchObject({ status: 'closed' });
  expect(await kindsOf(number)).toEqual([...toTriage, ...onward, ...onward, 'step_done', 'resolved', 'closed']);

  expect((await review(coordinator, whileAway, 'open', { priority: 'low', department: 'it' })).status).toBe(200);
  const notifications = await context.orm.em.fork().find(Notification, { ticket: number });
  expect(new Set(notifications.map((notification) => `${notification.userId} ${notification.eventKey}`)).size).toBe(
    notifications.length,
  );
});

test('/readyz fails as soon as the only worker is killed, and recovers with the next one', async () => {
  const status = async () => (await fetch(`http://127.0.0.1:${config.PORT}/readyz`)).status;
  await until(async () => (await status()) === 200);
  await worker.kill();
  await until(async () => (await status()) === 503);
  // Temporal still lists the dead worker's last poll, so /readyz did not rely on that.
  expect(await isServed(context.temporal, 'workflow')).toBe(true);
  worker = await startWorker(config);
  await until(async () => (await status()) === 200);
});

test('killing the API while tickets come in leaves one ticket for each key, each with its workflow', async () => {
  const keys = Array.from({ length: 40 }, () => randomUUID());
  let killed = 0;
  const send = async (key: string): Promise<string | null> => {
    const headers = { 'idempotency-key': key };
    const answer = await world.employee.browser.post('/api/helpdesk/tickets', laptopForm, headers).catch(() => null);
    return answer?.status === 201 ? answer.body.number : null;
  };
  const killing = (async () => {
    for (let round = 0; round < 3; round += 1) {
      const before = await context.orm.em.fork().count(Ticket);
      await until(async () => (await context.orm.em.fork().count(Ticket)) > before);
      await api.kill();
      killed += 1;
      api = await startApi(config);
    }
  })();
  const numbers: string[] = [];
  for (const key of keys) numbers.push(await until(() => send(key)));
  // Keep submitting until the last kill.
  while (killed < 3) numbers.push(await until(() => send(randomUUID())));
  await killing;

  const em = context.orm.em.fork();
  const tickets = await em.find(Ticket, { idempotencyKey: { $in: keys } });
  expect(tickets).toHaveLength(keys.length);
  expect(new Set(numbers).size).toBe(numbers.length);
  await until(async () => (await em.fork().count(OutboxEntry, { workflowType: 'ticketLifecycle' })) === 0);
  for (const { number } of tickets) {
    const workflow = await context.temporal.workflow.getHandle(`ticket:${number}`).describe();
    expect(workflow.status.name).toBe('RUNNING');
  }
});

test('both stop cleanly on SIGTERM', async () => {
  expect(await Promise.all([api.stop(), worker.stop()])).toEqual([0, 0]);
});
