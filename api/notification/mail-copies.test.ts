import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type OpenActivities, openActivities } from '../../activities/notification/run.fixture.ts';
import { createMoves, type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { submit, type World } from '../../tests/factories.ts';
import { until } from '../../tests/until.ts';
import type { DigestOfBatch } from '../../workflows/notification/mail-batch.ts';
import { fillMailBatch } from './mail-batches.service.ts';
import { type MailServer, openMailServer } from './mail-server.fixture.ts';
import { Mail, Notification } from './notification.entity.ts';

// When a mail comes more than once: at most one copy for each crash or lost connection, none because something is slow.

let server: MailServer;
let desk: Desk;
let world: World;
let activities: OpenActivities;
let digest: DigestOfBatch;

const em = () => desk.context.orm.em.fork();
const mail = () => em().findOneOrFail(Mail, { notificationId: digest.notificationId });
const copies = () =>
  server.received.filter(({ to }) => [to ?? []].flat().some(({ text }) => text === world.employee.email));

beforeAll(async () => {
  server = await openMailServer();
  desk = await openDesk({ SMTP_URL: server.url });
  world = await makeStaff(desk);
  activities = openActivities(desk.context);
});
afterAll(async () => {
  await desk.close();
  await server.close();
});
beforeEach(async () => {
  await em().nativeUpdate(Mail, { state: { $in: ['pending', 'sending'] } }, { state: 'failed' });
  server.reset();
  const ticket = await submit(world.employee);
  await createMoves(desk).open(ticket, { actorId: world.coordinator.id });
  const { id } = await em().findOneOrFail(Notification, { ticket, userId: world.employee.id });
  await fillMailBatch(em(), desk.context.config.MAIL_FROM);
  const { batch } = await em().findOneOrFail(Mail, { notificationId: id });
  digest = { notificationId: id, batch: batch ?? '' };
});

/** The mail server reads the next mail and answers when it is told to. */
const slowAnswer = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.ends.push(() => promise);
  return { give: resolve };
};

test('while a slow mail server has not answered, another try waits and sends nothing', async () => {
  const answer = slowAnswer();
  const first = activities.sendMail(digest);
  await until(() => copies().length === 1);
  expect(await mail()).toMatchObject({ state: 'sending', attempts: 1 });
  await expect(activities.sendMail(digest)).rejects.toMatchObject({ type: 'being_sent', nonRetryable: false });
  expect((await activities.sendMailBatch(digest.batch)).sent).not.toContain(digest.notificationId);
  answer.give();
  await first;
  await activities.sendMail(digest);
  expect(copies()).toHaveLength(1);
  expect(await mail()).toMatchObject({ state: 'sent', attempts: 1 });
});

test('a mail server that is slower than the limit may have the mail: one try more, and then it is given up', async () => {
  const impatient = openActivities({ ...desk.context, config: { ...desk.context.config, MAIL_ANSWER_SECONDS: 2 } });
  const answers = [slowAnswer(), slowAnswer()];
  await expect(impatient.sendMail(digest)).rejects.toMatchObject({ type: 'outcome_unknown', nonRetryable: false });
  await expect(impatient.sendMail(digest)).rejects.toMatchObject({ type: 'outcome_unknown', nonRetryable: true });
  for (const answer of answers) answer.give();
  expect(copies()).toHaveLength(2);
});

test('a connection that is lost after the mail was handed over costs one copy at most, by a later try', async () => {
  server.ends = ['hang up', 'hang up'];
  await expect(activities.sendMail(digest)).rejects.toMatchObject({
    ...{ type: 'outcome_unknown', nonRetryable: false, nextRetryDelay: 60_000 },
    message: expect.stringContaining('The connection was lost before the mail server said'),
  });
  expect(copies()).toHaveLength(1);
  expect(await mail()).toMatchObject({ state: 'pending', attempts: 1, unknownOutcomes: 1 });
  await expect(activities.sendMail(digest)).rejects.toMatchObject({ type: 'outcome_unknown', nonRetryable: true });
  expect(copies()).toHaveLength(2);
  await expect(activities.sendMail(digest)).rejects.toMatchObject({ type: 'outcome_unknown', nonRetryable: true });
  expect(copies()).toHaveLength(2);
  expect(new Set(copies().map(({ messageId }) => messageId)).size).toBe(1);
});

test('in a batch a connection that is lost in this way leaves the mail, and all after it, to later tries', async () => {
  server.ends = ['hang up'];
  expect(await activities.sendMailBatch(digest.batch)).toEqual({
    ...{ sent: [], refused: [] },
    unknown: [digest.notificationId],
  });
  expect(server.received).toHaveLength(1);
});

test('a connection that is lost before the mail was handed over is tried again as often as it takes', async () => {
  server.readerRefusals = ['hang up', 'hang up', 'hang up'];
  for (const attempt of [1, 2, 3]) {
    await expect(activities.sendMail(digest)).rejects.toMatchObject({ type: 'server_away', nonRetryable: false });
    expect(await mail()).toMatchObject({ state: 'pending', attempts: attempt, unknownOutcomes: 0 });
  }
  await activities.sendMail(digest);
  expect(copies()).toHaveLength(1);
});

test('a mail that the server refuses after it has read it is known not to be out', async () => {
  server.ends = [451];
  await expect(activities.sendMail(digest)).rejects.toMatchObject({ type: 'refused_for_now' });
  expect(await mail()).toMatchObject({ state: 'pending', unknownOutcomes: 0 });
});

test('a mail that was being sent when its worker died is sent again, once for each death', async () => {
  for (const attempt of [1, 2]) {
    await em().nativeUpdate(Mail, { batch: digest.batch }, { state: 'sending', sentAt: null });
    await activities.sendMail(digest);
    expect(copies()).toHaveLength(attempt);
  }
  expect(await mail()).toMatchObject({ state: 'sent' });
});

test('what the last heartbeat says was sent is noted, and not sent again', async () => {
  await em().nativeUpdate(Mail, { batch: digest.batch }, { state: 'sending' });
  const { sent } = await activities.resumeMailBatch(digest.batch, [digest.notificationId]);
  expect(sent).toContain(digest.notificationId);
  expect(copies()).toEqual([]);
  expect(await mail()).toMatchObject({ state: 'sent', sentAt: expect.any(Date) });
});

test('also when nothing is left to send', async () => {
  await em().nativeUpdate(Mail, { batch: digest.batch }, { state: 'sending' });
  await activities.resumeMail(digest);
  expect(server.received).toEqual([]);
  expect(await mail()).toMatchObject({ state: 'sent' });
});

test('mails go one after the other, and beside a slow one the next one starts', async () => {
  const answer = slowAnswer();
  const slow = activities.sendMail(digest);
  await until(() => copies().length === 1);
  const other = await em().findOneOrFail(Mail, { batch: digest.batch, notificationId: { $ne: digest.notificationId } });
  await activities.sendMail({ notificationId: other.notificationId, batch: digest.batch });
  expect(await mail()).toMatchObject({ state: 'sending' });
  answer.give();
  await slow;
});
