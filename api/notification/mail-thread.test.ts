import { afterAll, beforeAll, expect, test } from 'vitest';
import { openActivities } from '../../activities/notification/run.fixture.ts';
import { createMoves, type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { laptopForm, submit, type World } from '../../tests/factories.ts';
import { fillMailBatch } from './mail-batches.service.ts';
import { type MailServer, openMailServer } from './mail-server.fixture.ts';

// How the mails about one ticket look to a mail program. Some go by the ids, some by the subject, most by both.

let server: MailServer;
let desk: Desk;
let world: World;

beforeAll(async () => {
  server = await openMailServer();
  desk = await openDesk({ SMTP_URL: server.url, MAIL_FROM: 'Desk <desk@tickets.example.com>' });
  world = await makeStaff(desk);
});
afterAll(async () => {
  await desk.close();
  await server.close();
});

const em = () => desk.context.orm.em.fork();

/** Sends what waits, and answers the mails to the employee. */
const mailsToEmployee = async () => {
  const activities = openActivities(desk.context);
  await fillMailBatch(em(), desk.context.config.MAIL_FROM);
  const [{ batch }] = await em().execute<[{ batch: string }]>(
    `select batch from notification.mail where state = 'pending' limit 1`,
  );
  server.reset();
  await activities.sendMailBatch(batch);
  return server.received.filter(({ to }) => [to ?? []].flat().some(({ text }) => text === world.employee.email));
};

test('two mails about one ticket have one subject and refer to one id, each with a Message-ID of the sender’s domain', async () => {
  const number = await submit(world.employee);
  const moves = createMoves(desk);
  await moves.open(number, { actorId: world.coordinator.id });
  const [first] = await mailsToEmployee();
  await moves.act(number, 'submit', { actorId: world.admin.id });
  const [second] = await mailsToEmployee();
  const thread = `<ticket-${number}@tickets.example.com>`;
  for (const mail of [first, second])
    expect(mail).toMatchObject({
      ...{ subject: `[${number}] ${laptopForm.subject}`, references: thread, inReplyTo: thread },
      messageId: expect.stringMatching(/^<notification-[0-9a-f-]{36}@tickets\.example\.com>$/),
    });
  expect(first?.messageId).not.toBe(second?.messageId);
});

test('a digest about one ticket belongs to its thread', async () => {
  const number = await submit(world.employee);
  const moves = createMoves(desk);
  await moves.open(number, { actorId: world.coordinator.id });
  await moves.act(number, 'submit', { actorId: world.admin.id });
  const mails = await mailsToEmployee();
  expect(mails).toMatchObject([
    { subject: `[${number}] ${laptopForm.subject}`, references: `<ticket-${number}@tickets.example.com>` },
  ]);
  expect(mails[0]?.text).toMatch(/We have taken on[\s\S]+Someone is working on/);
});

test('no mail asks for an automatic answer', async () => {
  await createMoves(desk).open(await submit(world.employee), { actorId: world.coordinator.id });
  const [mail] = await mailsToEmployee();
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail?.headers.get('x-auto-response-suppress')).toBe('All');
});
