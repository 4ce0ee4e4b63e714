import { afterAll, beforeAll, expect, test } from 'vitest';
import { Notification } from '../../api/notification/notification.entity.ts';
import { type Backup, takeBackup } from '../../tests/backup.ts';
import { act, makeWorld, readTicket, review, submit, type World } from '../../tests/factories.ts';
import { openMailbox, type TestMailbox } from '../../tests/stack.ts';
import { createStages, type Stages } from '../../tests/stages.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import type { Tally } from '../../workflows/reconcile/messages.ts';
import { reconcileOnce } from './reconcile-once.fixture.ts';

// An older backup of the database is restored while Temporal goes on.

let mailbox: TestMailbox;
let system: TestSystem;
let world: World;
let stages: Stages;
let backup: Backup;
let tally: Tally;
let moved: string[];
let lost: string;
let before: Everything;
let atBackup: Everything;
let mailsBefore: number;
let notificationsOfBackup: number;

const em = () => system.context.orm.em.fork();
const query = <Row extends object>(sql: string, values: unknown[] = []) => em().execute<Row[]>(sql, values);
const workflowOf = (number: string) => system.context.temporal.workflow.getHandle(ticketWorkflowId(number));
const list = () => moved.map((number) => `'${number}'`).join(', ');

interface Entry {
  ticket_number: string;
  version: number;
  kind: string;
}

interface Everything {
  tickets: { number: string; version: number }[];
  timeline: Entry[];
  tasks: object[];
  visits: { number: string; visit: number }[];
}

/** What people see of the tickets and the workflows know too. */
const everything = async (): Promise<Everything> => ({
  tickets: await query(
    `select number, version, status, priority, department, workflow_state, step_names, step_index, assignee_name,
       role_name, due_at, closes_at, resolved_at is not null as is_resolved, closed_at is not null as is_closed
     from helpdesk.ticket where number in (${list()}) order by number`,
  ),
  timeline: await query(
    `select ticket_number, version, ordinal, at, actor_id, actor_name, kind, data from helpdesk.timeline_entry
     where ticket_number in (${list()}) order by ticket_number, version, ordinal`,
  ),
  tasks: await query(
    `select number, version, subject, category, sub_category, department, priority, requester_id, requester_name, status,
       state, workflow_version_id, step_names, step_index, step_key, step_name, role_key, assignee_id, assignee_name, due_at,
       overdue, submitted_at from tracking.task where number in (${list()}) order by number`,
  ),
  visits: await query(
    `select number, visit, step_key, role_key, assignee_id, assignee_name, due_at, left_at is not null as left
     from tracking.visit where number in (${list()}) order by number, visit`,
  ),
});

const allDelivered = () =>
  until(async () => {
    const [row] = await query<{ open: string }>(
      `select (select count(*) from outbox) + (select count(*) from notification.mail where state in ('pending', 'sending')) as open`,
    );
    return Number(row?.open) === 0;
  });

beforeAll(async () => {
  mailbox = await openMailbox();
  system = await startSystem({ SMTP_URL: mailbox.smtpUrl });
  world = await makeWorld(system);
  stages = createStages(world);
  moved = [
    await stages.new(),
    await stages.new(),
    await stages.triage(),
    await stages.resolve(),
    await stages.resolved(),
  ];
  moved.push(await stages.triage(), await stages.new());
  await allDelivered();
  backup = await takeBackup(system.context.orm);
  atBackup = await everything();
  notificationsOfBackup = await em().count(Notification);

  const [opened = '', story = '', triage = '', resolve = '', resolved = '', withdrawn = '', rejected = ''] = moved;
  await review(world.coordinator, opened, 'open', { priority: 'low', department: 'it' });
  await review(world.coordinator, story, 'open', { priority: 'critical', department: 'asset' });
  await act(world.admin, story, 'submit');
  await act(world.assetManager, story, 'reject', 'The serial number is missing.');
  await act(world.admin, story, 'submit');
  await act(world.admin, triage, 'submit');
  await act(world.assetManager, triage, 'approve');
  await act(world.admin, triage, 'finalize');
  await act(world.assetManager, resolve, 'approve');
  await review(world.employee, resolved, 'close', {});
  await review(world.employee, withdrawn, 'withdraw', { reason: 'Found one myself.' });
  await review(world.coordinator, rejected, 'reject', { reason: 'Twice the same.' });
  lost = await submit(world.employee);
  await review(world.coordinator, lost, 'open', { priority: 'high', department: 'asset' });
  await allDelivered();
  before = await everything();
  mailsBefore = mailbox.messages().length;

  await backup.restore();
  tally = await reconcileOnce(system.context);
});
afterAll(async () => {
  await system?.close();
  await mailbox?.close();
});

test('tickets and tasks are as before the restore', async () => {
  expect(tally).toMatchObject({ caughtUp: moved.length, unresolved: 0 });
  const after = await everything();
  expect(after.tickets).toEqual(before.tickets);
  expect(after.tasks).toEqual(before.tasks);
});

test('the timeline is that of the backup, and says which versions have no entries', async () => {
  const lostVersions = atBackup.tickets.map(({ number, version }) => {
    const to = before.tickets.find((ticket) => ticket.number === number)?.version ?? 0;
    const gap = { kind: 'caught_up', data: { from: version + 1, to } };
    return { ticket_number: number, version: to, ordinal: 0, actor_id: null, actor_name: null, ...gap };
  });
  const after = await everything();
  const isGap = ({ kind }: Entry) => kind === 'caught_up';
  expect(after.timeline.filter((entry) => !isGap(entry))).toEqual(atBackup.timeline);
  expect(after.timeline.filter(isGap)).toEqual(lostVersions.map((gap) => ({ ...gap, at: expect.any(Date) })));
  const { timeline } = await readTicket(world.employee, moved[1] ?? '');
  expect(timeline.at(-1)).toMatchObject({ version: 4, actor: null, event: { kind: 'caught_up', from: 1, to: 4 } });
});

test('visits are the ended ones of the backup and the current one', async () => {
  const known = new Set(atBackup.visits.map(({ number, visit }) => `${number} ${visit}`));
  const open = before.visits.filter((visit) => !('left' in visit && visit.left));
  const names = new Set([...known, ...open.map(({ number, visit }) => `${number} ${visit}`)]);
  const expected = before.visits.filter(({ number, visit }) => names.has(`${number} ${visit}`));
  expect((await everything()).visits).toEqual(expected);
});

test('nobody is notified twice', async () => {
  expect(await em().count(Notification)).toBe(notificationsOfBackup);
  expect(mailbox.messages()).toHaveLength(mailsBefore);
});

test('the workflow of a lost ticket is terminated with the reason', async () => {
  expect(tally.ended).toBe(1);
  const description = await workflowOf(lost).describe();
  expect(description.status.name).toBe('TERMINATED');
  const { events } = await workflowOf(lost).fetchHistory();
  expect(events?.at(-1)?.workflowExecutionTerminatedEventAttributes?.reason).toContain('submit it again');
});

test('a second check finds nothing to do', async () => {
  const { checked: _, ...done } = await reconcileOnce(system.context);
  expect(done).toEqual({ restarted: 0, caughtUp: 0, ended: 0, hinted: 0, unresolved: 0 });
});

test('a new ticket gets its own workflow even when a lost ticket had its number', async () => {
  const number = await submit(world.employee);
  const [row] = await query<{ token: string }>('select token from helpdesk.ticket where number = ?', [number]);
  await until(
    async () =>
      (
        await workflowOf(number)
          .describe()
          .catch(() => null)
      )?.memo?.token === row?.token,
  );
});

test('the tickets can be finished', async () => {
  const [, story = ''] = moved;
  expect((await act(world.assetManager, story, 'approve')).status).toBe(200);
  expect((await act(world.admin, story, 'finalize')).status).toBe(200);
  expect((await review(world.employee, story, 'close', {})).body).toMatchObject({ status: 'closed', version: 7 });
  await allDelivered();
});
