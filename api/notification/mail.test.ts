import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OpenActivities, openActivities } from '../../activities/notification/run.fixture.ts';
import { createMoves, type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { laptopForm, submit, type World } from '../../tests/factories.ts';
import type { DigestOfBatch } from '../../workflows/notification/mail-batch.ts';
import { changeUser } from '../auth/users.service.ts';
import { fillMailBatch } from './mail-batches.service.ts';
import { type MailServer, openMailServer } from './mail-server.fixture.ts';
import { Mail, Notification } from './notification.entity.ts';
import { notify } from './notifications.service.ts';

let server: MailServer;
let desk: Desk;
let world: World;
let activities: OpenActivities;
let notificationId: number;
let digest: DigestOfBatch;
let number: string;

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
  number = await submit(world.employee);
  await createMoves(desk).open(number, { actorId: world.coordinator.id });
  ({ id: notificationId } = await em().findOneOrFail(Notification, { ticket: number, userId: world.employee.id }));
  expect(await fill()).toMatchObject({ mails: 2 });
  digest = { notificationId, batch: (await mail()).batch ?? '' };
});

const em = () => desk.context.orm.em.fork();
const fill = () => fillMailBatch(em(), desk.context.config.MAIL_FROM);
const mail = () => em().findOneOrFail(Mail, { notificationId });

test('a mail goes to its reader, with the number, the words of the notification, and the way to the ticket', async () => {
  await activities.sendMail(digest);
  const [sent] = server.received;
  const { messageId } = await mail();
  expect(messageId).toMatch(/^<notification-[0-9a-f-]{36}@example\.com>$/);
  expect(sent).toMatchObject({
    from: { value: [{ address: 'helpdesk@example.com', name: 'Help Desk' }] },
    to: { value: [{ address: world.employee.email }] },
    subject: `[${number}] ${laptopForm.subject}`,
    messageId,
  });
  expect(sent?.text?.trim().split('\n')).toEqual([
    `We have taken on “${laptopForm.subject}”`,
    '',
    `Your ticket ${number} was read and is on its way.`,
    '',
    `http://localhost:8000/help/tickets/${number}`,
  ]);
  expect(await mail()).toMatchObject({ state: 'sent', attempts: 1, lastError: null, sentAt: expect.any(Date) });
});

test('a mail that is out is not sent again because noting it failed at first', async () => {
  const { orm } = desk.context;
  // A sequence goes on although the transaction that drew from it was undone.
  await orm.em.fork().execute(`
    create sequence notes;
    create function fail_twice() returns trigger language plpgsql as $$
      begin
        if nextval('notes') < 3 then raise serialization_failure; end if;
        return new;
      end $$;
    create trigger fail_twice before update on notification.mail for each row when (new.state = 'sent')
      execute function fail_twice();`);
  try {
    await activities.sendMail(digest);
  } finally {
    await orm.em.fork().execute('drop trigger fail_twice on notification.mail');
  }
  expect(server.received).toHaveLength(1);
  expect(await mail()).toMatchObject({ state: 'sent', attempts: 1 });
});

const setAddress = (email: string) =>
  em().execute('update auth."user" set email = ? where id = ?', [email, world.employee.id]);

test('the address is the one that the reader has at the moment of sending', async () => {
  await setAddress('moved@example.com');
  await activities.sendMail(digest).finally(() => setAddress(world.employee.email));
  expect(server.received[0]).toMatchObject({ to: { value: [{ address: 'moved@example.com' }] } });
});

test('a server that refuses for now and then accepts gets exactly one mail, however often it is asked', async () => {
  server.refusals = [451, 421, 530];
  for (const attempt of [1, 2, 3]) {
    const error = await activities.sendMail(digest).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ type: 'refused_for_now', nonRetryable: false });
    expect(await mail()).toMatchObject({ state: 'pending', attempts: attempt, sentAt: null });
    expect((await mail()).lastError).toContain('Not now');
  }
  await activities.sendMail(digest);
  await activities.sendMail(digest);
  expect(server.received).toHaveLength(1);
  expect(await mail()).toMatchObject({ state: 'sent', attempts: 4, lastError: null });
});

describe('a mail that will never arrive', () => {
  test('is not tried again when the server refuses its reader for good, and says why', async () => {
    server.readerRefusals = [550];
    await expect(activities.sendMail(digest)).rejects.toMatchObject({
      nonRetryable: true,
      type: 'refused_address',
    });
    await activities.giveUpMail(digest, 'refused_address');
    expect(await mail()).toMatchObject({ state: 'failed', attempts: 1, lastError: 'refused_address' });
    expect(server.received).toEqual([]);
  });

  test.each([
    ['a@b@c', 'refused_address'],
    ['two words@example.com', 'refused_address'],
    ['', 'no_address'],
  ])('is not tried again when its reader has the address “%s”, which is none', async (address, type) => {
    await setAddress(address);
    const refusal = await activities
      .sendMail(digest)
      .catch((error: unknown) => error)
      .finally(() => setAddress(world.employee.email));
    expect(refusal).toMatchObject({ nonRetryable: true, type });
    expect(server.received).toEqual([]);
    expect(await mail()).toMatchObject({ state: 'pending', attempts: 1 });
  });

  test('is not tried again when it cannot be written', async () => {
    await em().execute("update notification.notification set link = 'http://' where id = ?", [notificationId]);
    await expect(activities.sendMail(digest)).rejects.toMatchObject({
      nonRetryable: true,
      type: 'unsendable',
    });
    expect(server.received).toEqual([]);
    expect((await mail()).lastError).toContain('makes no mail');
  });

  test('is not given up when it has been sent after all', async () => {
    await activities.sendMail(digest);
    await activities.giveUpMail(digest, 'timeout');
    expect(await mail()).toMatchObject({ state: 'sent', lastError: null });
  });
});

describe('a batch', () => {
  const batch = () => digest.batch;
  const statesOf = async () => {
    const mails = await em().find(Mail, { batch: batch() }, { orderBy: { notificationId: 'asc' } });
    return mails.map(({ state }) => state);
  };

  test('brings its mails to their readers, each once however often it sets out', async () => {
    const { sent, refused } = await activities.sendMailBatch(batch());
    expect(sent).toHaveLength(2);
    expect(refused).toEqual([]);
    expect(await activities.sendMailBatch(batch())).toEqual({ sent, refused, unknown: [] });
    expect(server.received.map(({ to }) => [to].flat()[0]?.text).toSorted()).toEqual(
      [world.employee.email, world.admin.email].toSorted(),
    );
    expect(await statesOf()).toEqual(['sent', 'sent']);
  });

  test('tells which mails nobody can send, and leaves those that are refused for now to be tried again', async () => {
    await setAddress('');
    server.readerRefusals = [451];
    const { sent, refused } = await activities.sendMailBatch(batch()).finally(() => setAddress(world.employee.email));
    expect({ sent, refused }).toEqual({ sent: [], refused: [{ notificationId, why: 'no_address' }] });
    expect(await statesOf()).toEqual(['pending', 'pending']);
  });

  test('asks a server that is away once, not once for each mail', async () => {
    const { config } = desk.context;
    const away = openActivities({
      ...desk.context,
      config: { ...config, SMTP_URL: 'smtp://127.0.0.1:9' },
    });
    expect(await away.sendMailBatch(batch())).toEqual({ sent: [], refused: [], unknown: [] });
    const tried = await em().find(Mail, { batch: batch() });
    expect(tried.map(({ attempts }) => attempts).toSorted()).toEqual([0, 1]);
  });

  test('leaves alone what goes out with another one, or with none yet', async () => {
    for (const other of [randomUUID(), null]) {
      await em().nativeUpdate(Mail, { notificationId }, { batch: other });
      expect((await activities.sendMailBatch(batch())).sent).not.toContain(notificationId);
      await expect(activities.sendMail(digest)).rejects.toMatchObject({
        nonRetryable: true,
        type: 'no_mail',
      });
      await activities.giveUpMail(digest, 'no_mail');
      expect(await mail()).toMatchObject({ state: 'pending', attempts: 0 });
    }
  });

  test('takes a hundred digests, each with all that waits for its reader, and leaves the others to the next one', async () => {
    const readers = 101;
    const notifications = Array.from({ length: 2 * readers }, (_, place) => ({
      userId: 1_000_000 + (place % readers),
      eventKey: `told ${place}`,
      kind: 'opened' as const,
      title: 'Taken on',
      body: 'It was read.',
      ticket: number,
      link: `/help/tickets/${number}`,
      at: new Date(),
    }));
    await notify(em(), notifications);
    expect(await fill()).toEqual({ mails: 200, isFull: true });
    expect(await fill()).toEqual({ mails: 2, isFull: false });
  });

  test('takes what waits, once, although two gather at the same time', async () => {
    for (let index = 0; index < 3; index += 1)
      await createMoves(desk).open(await submit(world.employee), { actorId: world.coordinator.id });
    const gathered = [...(await Promise.all([fill(), fill()])), await fill()];
    expect(gathered.reduce((sum, { mails }) => sum + mails, 0)).toBe(6);
    expect(await fill()).toEqual({ mails: 0, isFull: false });
    expect(await em().count(Mail, { state: 'pending', batch: null })).toBe(0);
  });
});

test('what a workflow of an earlier release asks for is done as well, but each mail by a try of its own', async () => {
  const earlier = { noticeId: notificationId, round: digest.batch };
  expect(await activities.deliverRound(digest.batch)).toEqual({ sent: [], refused: [] });
  expect(server.received).toEqual([]);
  await activities.deliverNotice(earlier);
  expect(server.received).toHaveLength(1);
  await activities.giveUpNotice(earlier, 'timeout');
  expect(await mail()).toMatchObject({ state: 'sent', attempts: 1 });
});

test('a mail server that is away is tried again later', async () => {
  const away = openActivities({
    ...desk.context,
    config: { ...desk.context.config, SMTP_URL: 'smtp://127.0.0.1:9' },
  });
  const error = await away.sendMail(digest).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    ...{ type: 'server_away', nonRetryable: false },
    message: 'The mail server does not answer (ECONNREFUSED)',
  });
  expect(await mail()).toMatchObject({ state: 'pending', attempts: 1 });
});

test('who may not sign in any more is sent nothing', async () => {
  await changeUser(em(), world.employee.id, { isActive: false });
  const refusal = await activities.sendMail(digest).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ type: 'no_reader', nonRetryable: true });
  expect(server.received).toEqual([]);
  await changeUser(em(), world.employee.id, { isActive: true });
});
