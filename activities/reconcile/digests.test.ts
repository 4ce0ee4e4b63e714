import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changeUser } from '../../api/auth/users.service.ts';
import { Mail, Notification } from '../../api/notification/notification.entity.ts';
import { notify } from '../../api/notification/notifications.service.ts';
import { makeWorld, type World } from '../../tests/factories.ts';
import { openMailbox, type TestMailbox } from '../../tests/stack.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { deliveryWorkflowId } from '../../workflows/names.ts';
import { reconcileOnce } from './reconcile-once.fixture.ts';

// Three notifications to one reader go out as one digest; then PostgreSQL or Temporal loses its data about it.

let mailbox: TestMailbox;
let system: TestSystem;
let world: World;
let events = 0;
let before: number;
let tickets: string[];
let sentBefore: Mail[];

const em = () => system.context.orm.em.fork();

const mails = async (): Promise<Mail[]> => {
  const notifications = await em().find(Notification, { ticket: { $in: tickets } });
  return em().find(
    Mail,
    { notificationId: { $in: notifications.map(({ id }) => id) } },
    { orderBy: { notificationId: 'asc' } },
  );
};
/** Waits until the mails have this state and the workflow has ended. */
const allHave = async (state: Mail['state']): Promise<Mail[]> => {
  const noted = await until(async () => {
    const now = await mails();
    return now.length === 3 && now.every((mail) => mail.state === state) && now;
  });
  for (const batch of new Set(noted.map((mail) => mail.batch ?? '')))
    await system.context.temporal.workflow.getHandle(deliveryWorkflowId(batch)).result();
  return noted;
};

const tell = async (): Promise<void> => {
  tickets = [1, 2, 3].map((place) => `TX${++events}-${place}`);
  const notifications = tickets.map((ticket) => ({
    ...{ userId: world.employee.id, eventKey: `${ticket}:v1:requester`, kind: 'opened' as const, ticket },
    ...{ title: 'We have taken it on', body: 'It is on its way.', link: `/help/tickets/${ticket}`, at: new Date() },
  }));
  // In one transaction, so that no batch separates them.
  await em().transactional((inner) => notify(inner, notifications));
};

const comeBack = (changed: Partial<Mail> = {}) =>
  em().nativeUpdate(
    Mail,
    { notificationId: { $in: sentBefore.map(({ notificationId }) => notificationId) } },
    { state: 'pending', sentAt: null, lastError: null, ...changed },
  );

beforeAll(async () => {
  mailbox = await openMailbox();
  system = await startSystem({ SMTP_URL: mailbox.smtpUrl });
  world = await makeWorld(system);
});
afterAll(async () => {
  await system?.close();
  await mailbox?.close();
});
beforeEach(async () => {
  before = mailbox.messages().length;
});

test('a digest sent before its rows were restored is recorded as sent, with all its notifications', async () => {
  await tell();
  sentBefore = await allHave('sent');
  expect(new Set(sentBefore.map(({ digest }) => digest))).toEqual(new Set([sentBefore[0]?.notificationId]));
  expect(mailbox.messages()).toHaveLength(before + 1);
  await comeBack();
  expect(await reconcileOnce(system.context)).toMatchObject({ restarted: 0, unresolved: 0 });
  for (const mail of await mails()) expect(mail).toMatchObject({ state: 'sent', sentAt: expect.any(Date) });
  expect(mailbox.messages()).toHaveLength(before + 1);
});

test('a digest whose batch is lost goes out with another batch, as one mail', async () => {
  await comeBack({ batch: randomUUID() });
  expect(await reconcileOnce(system.context)).toMatchObject({ restarted: 1, unresolved: 0 });
  const after = await allHave('sent');
  expect(after.map(({ digest, batch }) => ({ digest, batch }))).toEqual(
    sentBefore.map(({ digest }) => ({ digest, batch: after[0]?.batch })),
  );
  expect(mailbox.messages()).toHaveLength(before + 1);
  for (const ticket of tickets) expect(mailbox.messages()[0]?.text).toContain(`/help/tickets/${ticket}\n`);
});

test('after restoring a backup from before the batch, the waiting notifications form a digest', async () => {
  await comeBack({ batch: null, digest: null });
  await allHave('sent');
  expect(mailbox.messages()).toHaveLength(before + 1);
});

test('a digest given up before its rows were restored is recorded as given up', async () => {
  await changeUser(em(), world.employee.id, { isActive: false });
  await tell();
  sentBefore = await allHave('failed');
  await comeBack();
  expect(await reconcileOnce(system.context)).toMatchObject({ restarted: 0, unresolved: 0 });
  for (const mail of await mails()) expect(mail).toMatchObject({ state: 'failed', lastError: 'given_up' });
  expect(mailbox.messages()).toHaveLength(before);
});
