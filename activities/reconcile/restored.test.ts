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
import { lookOnce } from './looks.fixture.ts';

// The database is put back to an older backup, while Temporal goes on.

let mailbox: TestMailbox;
let system: TestSystem;
let world: World;
let stages: Stages;
let backup: Backup;
let tally: Tally;
let moved: string[];
let lost: string;
let before: Everything;
let backupAt: Date;
let mailsBefore: number;
let notificationsOfBackup: number;

const em = () => system.context.orm.em.fork();
const query = <Row extends object>(sql: string, values: unknown[] = []) => em().execute<Row[]>(sql, values);
const workflowOf = (number: string) => system.context.temporal.workflow.getHandle(ticketWorkflowId(number));
const list = () => moved.map((number) => `'${number}'`).join(', ');

interface Everything {
  tickets: { reason: string | null }[];
  timeline: Line[];
  tasks: object[];
  visits: object[];
}

/** All that people read of the tickets. */
const everything = async (): Promise<Everything> => ({
  tickets: await query(`select * from helpdesk.ticket where number in (${list()}) order by number`),
  timeline: await query(
    `select ticket_number, version, ordinal, at, actor_id, actor_name, kind, data from helpdesk.timeline_entry
     where ticket_number in (${list()}) order by ticket_number, version, ordinal`,
  ),
  tasks: await query(`select * from tracking.task where number in (${list()}) order by number`),
  visits: await query(`select * from tracking.visit where number in (${list()}) order by number, visit`),
});

const allDelivered = () =>
  until(async () => {
    const [row] = await query<{ open: string }>(
      `select (select count(*) from outbox) + (select count(*) from notification.mail where state = 'pending') as open`,
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
  backupAt = new Date();
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
  tally = await lookOnce(system.context);
});
afterAll(async () => {
  await system?.close();
  await mailbox?.close();
});

const lostText = 'What was said here was lost with the database and could not be brought back.';

interface Line {
  at: string;
  data: Record<string, unknown>;
}

const saidLater = (line: Line): Line => {
  const texts = ['note', 'reason'].filter((key) => key in line.data);
  const isLater = new Date(line.at) > backupAt;
  return isLater
    ? { ...line, data: { ...line.data, ...Object.fromEntries(texts.map((key) => [key, lostText])) } }
    : line;
};

/** As it was, but for the texts that were put down after the backup. */
const withoutLaterTexts = ({ tickets, timeline, ...rest }: Everything): Everything => ({
  ...rest,
  tickets: tickets.map((ticket) => (ticket.reason === null ? ticket : { ...ticket, reason: lostText })),
  timeline: timeline.map(saidLater),
});

test('rows, tasks, visits and timelines are what they were, but for the texts that are lost', async () => {
  expect(tally).toMatchObject({ caughtUp: moved.length, unresolved: 0 });
  const after = await everything();
  expect(after).toEqual(withoutLaterTexts(before));
});

test('the timeline says where a text was lost', async () => {
  const { timeline } = await readTicket(world.employee, moved[1] ?? '');
  const notes = timeline.flatMap(({ event }: { event: { note?: string } }) => event.note ?? []);
  expect(notes).toEqual([lostText, lostText, lostText]);
});

test('nobody is told a second time', async () => {
  expect(await em().count(Notification)).toBe(notificationsOfBackup);
  expect(mailbox.messages()).toHaveLength(mailsBefore);
});

test('the workflow of a ticket that is lost with its text is ended, and says why', async () => {
  expect(tally.ended).toBe(1);
  const description = await workflowOf(lost).describe();
  expect(description.status.name).toBe('TERMINATED');
  const { events } = await workflowOf(lost).fetchHistory();
  expect(events?.at(-1)?.workflowExecutionTerminatedEventAttributes?.reason).toContain('must send it again');
});

test('a second look finds nothing to do', async () => {
  const { checked: _, ...done } = await lookOnce(system.context);
  expect(done).toEqual({ restarted: 0, caughtUp: 0, ended: 0, hinted: 0, unresolved: 0 });
});

test('a new ticket bears a number that no workflow has borne', async () => {
  const number = await submit(world.employee);
  expect(number > lost).toBe(true);
});

test('the caughtUp tickets go on to their end', async () => {
  const [, story = ''] = moved;
  expect((await act(world.assetManager, story, 'approve')).status).toBe(200);
  expect((await act(world.admin, story, 'finalize')).status).toBe(200);
  expect((await review(world.employee, story, 'close', {})).body).toMatchObject({ status: 'closed', version: 7 });
  await allDelivered();
});
