import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeUser } from '../../api/auth/users.service.ts';
import { Notification } from '../../api/notification/notification.entity.ts';
import { type Backup, takeBackup } from '../../tests/backup.ts';
import { makeWorld, review, type World } from '../../tests/factories.ts';
import { openMailbox, type TestMailbox } from '../../tests/stack.ts';
import { createStages, type Stages } from '../../tests/stages.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { deliveryWorkflowId, syncWorkflowIds } from '../../workflows/names.ts';
import { reconcileOnce } from './reconcile-once.fixture.ts';

// After a restore, the database assigns ids and versions a second time, to other facts.

let mailbox: TestMailbox;
let system: TestSystem;
let world: World;
let stages: Stages;
let backup: Backup;
let number: string;

const em = () => system.context.orm.em.fork();
const query = <Row extends object>(sql: string, values: unknown[] = []) => em().execute<Row[]>(sql, values);
const workflowOf = (workflowId: string) => system.context.temporal.workflow.getHandle(workflowId);

const isQuiet = () =>
  until(async () => {
    const rows = await query(
      `select 1 from outbox union all select 1 from notification.mail where state in ('pending', 'sending')`,
    );
    return rows.length === 0;
  });

const lastNotification = async (): Promise<Notification> => {
  const [notification] = await em().find(Notification, {}, { orderBy: { id: 'desc' }, limit: 1 });
  if (!notification) throw new Error('There is no notification');
  return notification;
};

beforeAll(async () => {
  mailbox = await openMailbox();
  system = await startSystem({ SMTP_URL: mailbox.smtpUrl });
  world = await makeWorld(system);
  stages = createStages(world);
  number = await stages.new();
  await isQuiet();
  backup = await takeBackup(system.context.orm);
});
afterAll(async () => {
  await system?.close();
  await mailbox?.close();
});

test('a person’s next version arrives although a workflow for this version ran before the restore', async () => {
  const userId = world.employee.id;
  const nameHere = async () =>
    (await query<{ name: string }>('select name from helpdesk.person where user_id = ?', [userId]))[0]?.name;
  const { version } = await changeUser(em(), userId, { firstName: 'Ana' });
  await until(async () => (await nameHere())?.startsWith('Ana') ?? false);
  expect(await workflowOf(syncWorkflowIds.employee(userId, version)).result()).toEqual({ applied: true });
  await backup.restore();
  expect(await changeUser(em(), userId, { firstName: 'Bea' })).toEqual({ version });
  await until(async () => (await nameHere())?.startsWith('Bea') ?? false);
});

test('a mail is sent although one for a notification with the same id was sent before the restore', async () => {
  await backup.restore();
  await review(world.coordinator, number, 'reject', { reason: 'Twice the same.' });
  await isQuiet();
  const earlier = await lastNotification();
  const sent = mailbox.messages().length;

  await backup.restore();
  await reconcileOnce(system.context);
  const other = await stages.new();
  await review(world.coordinator, other, 'reject', { reason: 'Not for us.' });
  const later = await lastNotification();
  expect({ id: later.id, ticket: later.ticket }).toEqual({ id: earlier.id, ticket: other });
  await until(() => mailbox.messages().length === sent + 1);
  await isQuiet();
});

test('a mail sent before its row was restored is recorded as sent and not sent again', async () => {
  const { id } = await lastNotification();
  const sent = mailbox.messages().length;
  const [mail] = await query<{ batch: string }>('select batch from notification.mail where notification_id = ?', [id]);
  const delivered = await workflowOf(deliveryWorkflowId(mail?.batch ?? '')).result();
  expect(delivered).toMatchObject({ sent: expect.arrayContaining([id]), givenUp: [] });
  await query(`update notification.mail set state = 'pending', sent_at = null where notification_id = ?`, [id]);
  expect(await reconcileOnce(system.context)).toMatchObject({ restarted: 0 });
  expect(
    await query('select state, sent_at is not null as dated from notification.mail where notification_id = ?', [id]),
  ).toEqual([{ state: 'sent', dated: true }]);
  expect(mailbox.messages()).toHaveLength(sent);
});
