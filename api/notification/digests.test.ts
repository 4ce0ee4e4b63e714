import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type OpenActivities, openActivities } from '../../activities/notification/run.fixture.ts';
import { createMoves, type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { laptopForm, submit, type World } from '../../tests/factories.ts';
import { deliveryWorkflowId } from '../../workflows/names.ts';
import { OutboxEntry } from '../db/outbox/outbox.entity.ts';
import { fillMailBatch } from './mail-batches.service.ts';
import { leaveBatch } from './mail-notes.ts';
import { type MailServer, openMailServer } from './mail-server.fixture.ts';
import { Mail, Notification } from './notification.entity.ts';

// Two tickets of one employee are opened before the next batch: the employee is told twice, and so is the agent.

let server: MailServer;
let desk: Desk;
let world: World;
let activities: OpenActivities;
let numbers: string[];
let toEmployee: Notification[];
let assigned: Notification[];
let batch: string;

const em = () => desk.context.orm.em.fork();
const fill = () => fillMailBatch(em(), desk.context.config.MAIL_FROM);

const openTicket = async (): Promise<string> => {
  const number = await submit(world.employee);
  await createMoves(desk).open(number, { actorId: world.coordinator.id });
  return number;
};
const notificationsTo = (userId: number): Promise<Notification[]> =>
  em().find(Notification, { userId, ticket: { $in: numbers } }, { orderBy: { id: 'asc' } });
const mailsOf = (notifications: readonly Notification[]): Promise<Mail[]> =>
  em().find(
    Mail,
    { notificationId: { $in: notifications.map(({ id }) => id) } },
    { orderBy: { notificationId: 'asc' } },
  );
const headOf = ([first]: readonly Notification[]): number => first?.id ?? 0;
const digest = () => ({ notificationId: headOf(toEmployee), batch });
const receivedBy = (email: string) =>
  server.received.filter(({ to }) => [to ?? []].flat().some(({ text }) => text === email));

beforeAll(async () => {
  server = await openMailServer();
  desk = await openDesk({ SMTP_URL: server.url, PUBLIC_URL: 'http://localhost:8000' });
  world = await makeStaff(desk);
  activities = openActivities(desk.context);
});
afterAll(async () => {
  await desk.close();
  await server.close();
});
beforeEach(async () => {
  await em().nativeUpdate(Mail, { state: 'pending' }, { state: 'failed' });
  server.reset();
  numbers = [await openTicket(), await openTicket()];
  [toEmployee, assigned] = [await notificationsTo(world.employee.id), await notificationsTo(world.admin.id)];
  expect(await fill()).toEqual({ mails: 4, isFull: false });
  batch = (await mailsOf(toEmployee))[0]?.batch ?? '';
});

test('what one reader is told in one batch is one mail, which says all of it in order', async () => {
  const [one, other] = numbers;
  const [first] = await mailsOf(toEmployee);
  await activities.sendMailBatch(batch);
  expect(receivedBy(world.employee.email)).toMatchObject([
    { subject: `[${one}] ${laptopForm.subject}, and 1 more ticket`, messageId: first?.messageId },
  ]);
  expect(receivedBy(world.employee.email)[0]?.text).toBe(
    `[${one}] We have taken on “${laptopForm.subject}”
Your ticket ${one} was read and is on its way.
http://localhost:8000/help/tickets/${one}

[${other}] We have taken on “${laptopForm.subject}”
Your ticket ${other} was read and is on its way.
http://localhost:8000/help/tickets/${other}
`,
  );
  for (const mail of await mailsOf(toEmployee))
    expect(mail).toMatchObject({ state: 'sent', attempts: 1, lastError: null, sentAt: expect.any(Date) });
});

test('each reader gets a mail, with nothing that others are told', async () => {
  expect(await activities.sendMailBatch(batch)).toEqual({
    sent: [headOf(toEmployee), headOf(assigned)],
    refused: [],
    unknown: [],
  });
  expect(server.received).toHaveLength(2);
  const [toAgent] = receivedBy(world.admin.email);
  for (const number of numbers) expect(toAgent?.text).toContain(`/desk/tickets/${number}`);
  expect(toAgent?.text).not.toContain('/help/');
});

test('the workflow of a batch knows each digest by its first notification, and its summary counts both', async () => {
  const workflow = await em().findOneOrFail(OutboxEntry, { workflowId: deliveryWorkflowId(batch) });
  expect(workflow.args).toEqual([{ batch, notifications: [headOf(toEmployee), headOf(assigned)] }]);
  expect(workflow.summary).toBe(`4 notifications in 2 mails · ${numbers.join(', ')}`);
});

test('a digest about several tickets belongs to the thread of none of them', async () => {
  await activities.sendMailBatch(batch);
  const [mail] = receivedBy(world.employee.email);
  expect(mail).toBeDefined();
  expect([mail?.references, mail?.inReplyTo]).toEqual([undefined, undefined]);
});

test('a digest that was sent is not sent again', async () => {
  await activities.sendMail(digest());
  await activities.sendMail(digest());
  expect((await activities.sendMailBatch(batch)).sent).toContain(headOf(toEmployee));
  expect(receivedBy(world.employee.email)).toHaveLength(1);
});

test('a crash between sending and noting repeats the digest, with one Message-ID and the same words', async () => {
  await activities.sendMailBatch(batch);
  await em().nativeUpdate(Mail, { batch }, { state: 'pending', sentAt: null });
  await activities.sendMail(digest());
  const [sent, copy, ...more] = receivedBy(world.employee.email);
  expect(more).toEqual([]);
  expect(copy).toMatchObject({ messageId: sent?.messageId, subject: sent?.subject, text: sent?.text });
});

test('a digest that is refused counts a try for each of its notifications, and all are given up together', async () => {
  server.readerRefusals = [451, 550];
  await expect(activities.sendMail(digest())).rejects.toMatchObject({ type: 'refused_for_now' });
  expect(await mailsOf(toEmployee)).toMatchObject([1, 2].map(() => ({ state: 'pending', attempts: 1 })));
  await expect(activities.sendMail(digest())).rejects.toMatchObject({ type: 'refused_address' });
  await activities.giveUpMail(digest(), 'refused_address');
  const givenUp = { state: 'failed', attempts: 2, lastError: 'refused_address' };
  expect(await mailsOf(toEmployee)).toMatchObject([givenUp, givenUp]);
  expect(await mailsOf(assigned)).toMatchObject([1, 2].map(() => ({ state: 'pending', attempts: 0 })));
  await expect(activities.sendMail(digest())).rejects.toMatchObject({ type: 'unsendable' });
  expect(server.received).toEqual([]);
});

const breakLink = (notifications: readonly Notification[]) =>
  em().nativeUpdate(Notification, { id: { $in: notifications.map(({ id }) => id) } }, { link: 'http://' });

test('a notification of which no mail can be made does not keep the others of its digest', async () => {
  await breakLink(toEmployee.slice(0, 1));
  server.readerRefusals = [451];
  await expect(activities.sendMail(digest())).rejects.toMatchObject({ type: 'refused_for_now' });
  await activities.sendMail(digest());
  const [broken, sent] = await mailsOf(toEmployee);
  expect(broken).toMatchObject({ state: 'failed', attempts: 1, lastError: expect.stringContaining('makes no mail') });
  expect(sent).toMatchObject({ state: 'sent', attempts: 2, lastError: null });
  expect(receivedBy(world.employee.email)).toMatchObject([
    {
      subject: `[${numbers[1]}] ${laptopForm.subject}`,
      text: expect.not.stringContaining(numbers[0] ?? ''),
      messageId: broken?.messageId,
    },
  ]);
});

test('a digest of which nothing can be sent is refused as a whole', async () => {
  await breakLink(toEmployee);
  const { sent, refused } = await activities.sendMailBatch(batch);
  expect({ sent, refused }).toEqual({
    sent: [headOf(assigned)],
    refused: [{ notificationId: headOf(toEmployee), why: 'unsendable' }],
  });
  await activities.giveUpMail(digest(), 'unsendable');
  const givenUp = { state: 'failed', attempts: 1, lastError: 'unsendable' };
  expect(await mailsOf(toEmployee)).toMatchObject([givenUp, givenUp]);
});

test('a digest of a lost batch stays the same, for it may be out: what is told later comes by another one', async () => {
  await leaveBatch(em(), digest());
  expect((await mailsOf(toEmployee)).map((mail) => mail.batch)).toEqual([null, null]);
  numbers.push(await openTicket());
  const [, , later] = await notificationsTo(world.employee.id);
  expect(await fill()).toEqual({ mails: 4, isFull: false });
  const mails = await mailsOf(await notificationsTo(world.employee.id));
  expect(new Set(mails.map((mail) => mail.batch)).size).toBe(1);
  expect(mails.map((mail) => mail.digest)).toEqual([headOf(toEmployee), headOf(toEmployee), later?.id]);
  await activities.sendMailBatch(mails[0]?.batch ?? '');
  expect(receivedBy(world.employee.email)).toMatchObject([
    { messageId: mails[0]?.messageId, text: expect.not.stringContaining(later?.ticket ?? '') },
    { messageId: mails[2]?.messageId, subject: `[${later?.ticket}] ${laptopForm.subject}` },
  ]);
});

test('a batch that knows nothing of digests sends each notification by itself', async () => {
  await em().nativeUpdate(Mail, { batch }, { digest: null });
  const all = [...toEmployee, ...assigned].map(({ id }) => id).toSorted((one, other) => one - other);
  expect((await activities.sendMailBatch(batch)).sent).toEqual(all);
  expect(receivedBy(world.employee.email).map(({ subject }) => subject)).toEqual(
    toEmployee.map(({ ticket }) => `[${ticket}] ${laptopForm.subject}`),
  );
});
