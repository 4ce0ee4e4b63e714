import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillMailBatch } from '../../api/notification/mail-batches.service.ts';
import { type MailServer, openMailServer } from '../../api/notification/mail-server.fixture.ts';
import { Mail } from '../../api/notification/notification.entity.ts';
import { createMoves, type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { submit } from '../../tests/factories.ts';
import { type Bench, startBench } from '../../workflows/bench.fixture.ts';
import { deliveryWorkflowId, deliveryWorkflowType, queues } from '../../workflows/names.ts';
import type { deliverNotification } from '../../workflows/notification/deliver.ts';
import { createNotificationActivities } from './notification.activities.ts';

// The worker's thread stands still for longer than Temporal waits for a heartbeat, as under a heavy load or in a virtual
// machine that is moved. Temporal takes the worker for dead and starts the activity again. The times are shortened.

const heartbeatMs = 1_000;
const standsStillMs = 3_000;

let server: MailServer;
let desk: Desk;
let bench: Bench;

beforeAll(async () => {
  server = await openMailServer();
  desk = await openDesk({ SMTP_URL: server.url });
  bench = await startBench({
    activities: createNotificationActivities(desk.context),
    server: 'real',
    edit: (code) => code.replace(/heartbeatTimeout: '10 seconds'/g, `heartbeatTimeout: '${heartbeatMs} milliseconds'`),
  });
});
afterAll(async () => {
  await bench?.stop();
  await desk?.close();
  await server?.close();
});

const standStill = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, standsStillMs);
};

test('a worker that stands still while it sends a batch sends each mail once', async () => {
  const em = desk.context.orm.em.fork();
  const world = await makeStaff(desk);
  await createMoves(desk).open(await submit(world.employee), { actorId: world.coordinator.id });
  await fillMailBatch(em, desk.context.config.MAIL_FROM);
  const mails = await em.find(Mail, {}, { orderBy: { notificationId: 'asc' } });
  const batch = mails[0]?.batch ?? '';
  const notifications = mails.map(({ notificationId }) => notificationId);
  expect(notifications).toHaveLength(2);

  server.ends = [standStill];
  const handle = await bench.env.client.workflow.start<typeof deliverNotification>(deliveryWorkflowType, {
    workflowId: deliveryWorkflowId(batch),
    taskQueue: queues.notification,
    args: [{ batch, notifications }],
  });
  const { sent } = await handle.result();
  expect(sent.toSorted()).toEqual(notifications);
  expect(server.received).toHaveLength(2);
  const { events } = await handle.fetchHistory();
  const attempts = (events ?? []).map(({ activityTaskStartedEventAttributes: started }) => started?.attempt ?? 0);
  expect(Math.max(...attempts), 'Temporal did not take the worker for dead').toBeGreaterThan(1);
});
