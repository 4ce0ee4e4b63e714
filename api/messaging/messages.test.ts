import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMoves, type Desk, type Moves, makeStaff, openDesk } from '../../tests/desk.ts';
import { type Actor, laptopForm, makeActor, submit, type World } from '../../tests/factories.ts';
import type { MessagePage } from './message.schema.ts';

let desk: Desk;
let moves: Moves;
let world: World;
let number: string;

beforeAll(async () => {
  desk = await openDesk();
  moves = createMoves(desk);
  world = await makeStaff(desk);
});
afterAll(() => desk.close());
beforeEach(async () => {
  number = await submit(world.employee);
});

const execute = <Row extends object>(sql: string, parameters: (string | number)[] = []) =>
  desk.context.orm.em.fork().execute<Row[]>(sql, parameters);

const say = (actor: Actor, text: string, voice = 'public', key: string = randomUUID()) =>
  actor.browser.post(`/api/messaging/tickets/${number}/messages`, { voice, text }, { 'idempotency-key': key });

const read = async (actor: Actor, query = ''): Promise<MessagePage> => {
  const answer = await actor.browser.get(`/api/messaging/tickets/${number}/messages${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

const textsFor = async (actor: Actor): Promise<(string | null)[]> =>
  (await read(actor)).items.map((message) => message.text);

/** Who was notified of the last messages, as `employee message`. */
const told = async (): Promise<string[]> => {
  const rows = await execute<{ user_id: number; kind: string }>(
    `select user_id, kind from notification.notification where ticket = ? and kind in ('message', 'internal_note') order by id`,
    [number],
  );
  const nameOf = (id: number) => Object.entries<Actor>({ ...world }).find(([, actor]) => actor.id === id)?.[0] ?? id;
  return rows.map(({ user_id: id, kind }) => `${nameOf(id)} ${kind}`);
};

describe('two voices', () => {
  test('requester and staff read public messages, newest first', async () => {
    await say(world.employee, 'When can I have it?');
    await say(world.coordinator, 'Tomorrow at nine.');
    expect(await textsFor(world.employee)).toEqual(['Tomorrow at nine.', 'When can I have it?']);
    expect(await textsFor(world.admin)).toEqual(['Tomorrow at nine.', 'When can I have it?']);
  });

  test('the requester sees nothing of an internal note: no row, no count, no notification', async () => {
    await say(world.coordinator, 'Their manager called me.', 'internal');
    expect(await read(world.employee)).toMatchObject({ items: [], total: { count: 0 }, voices: ['public'] });
    expect(await textsFor(world.assetManager)).toEqual(['Their manager called me.']);
    expect(await told()).toEqual([]);
  });

  test('a requester cannot write an internal note', async () => {
    const answer = await say(world.employee, 'Can I?', 'internal');
    expect(answer).toMatchObject({ status: 409, body: { code: 'not_allowed' } });
    expect(await textsFor(world.admin)).toEqual([]);
  });

  test('staff are requesters on their own ticket', async () => {
    const agent = await makeActor(desk, { hdts: ['Employee'], tts: ['Asset Manager'] });
    number = await submit(agent, { ...laptopForm, subject: 'A laptop for the manager' });
    await say(world.coordinator, 'Ask for the approval first.', 'internal');
    expect(await read(agent)).toMatchObject({ items: [], voices: ['public'] });
    expect((await say(agent, 'A note to myself', 'internal')).status).toBe(409);
  });

  test('nobody else’s ticket can be read or written', async () => {
    const stranger = await makeActor(desk, { hdts: ['Employee'] });
    const path = `/api/messaging/tickets/${number}`;
    expect((await stranger.browser.get(`${path}/messages`)).status).toBe(404);
    expect((await say(stranger, 'Hello')).status).toBe(404);
    expect((await stranger.browser.put(`${path}/draft`, { voice: 'public', text: 'Hello' })).status).toBe(404);
  });
});

describe('who is told', () => {
  test('the requester of what staff say, and staff who take part of what the requester says', async () => {
    await say(world.coordinator, 'Which model?');
    await say(world.employee, 'The ThinkPad.');
    expect(await told()).toEqual(['employee message', 'coordinator message']);
  });

  test('the assignee, also of internal notes', async () => {
    await moves.open(number, { actorId: world.coordinator.id });
    await say(world.employee, 'It is urgent now.');
    await say(world.coordinator, 'Please hurry.', 'internal');
    expect(await told()).toEqual(['admin message', 'admin internal_note']);
  });

  test('an admin of the help desk, who reads it where coordinators do', async () => {
    const admin = await makeActor(desk, { hdts: ['Admin'] });
    await say(admin, 'I look into it.');
    await say(world.employee, 'Thank you.');
    const [row] = await execute<{ link: string }>('select link from notification.notification where user_id = ?', [
      admin.id,
    ]);
    expect(row?.link).toMatch(new RegExp(`^/review/${number}#message-\\d+$`));
  });

  test('nobody who has lost their role since', async () => {
    const former = await makeActor(desk, { tts: ['Budget Manager'] });
    await say(former, 'I had a look.', 'internal');
    await execute('update auth.user_system_role set is_active = false where user_id = ?', [former.id]);
    await say(world.coordinator, 'And what was it?', 'internal');
    await say(world.employee, 'Hello?');
    expect(await told()).toEqual(['coordinator message']);
  });
});

describe('one message once', () => {
  test('the same key again gets the first answer and tells nobody twice', async () => {
    const key = randomUUID();
    const first = await say(world.coordinator, 'Which model?', 'public', key);
    const again = await say(world.coordinator, 'Which model?', 'public', key);
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id } });
    expect(await told()).toEqual(['employee message']);
  });

  test('two at once with one key are one message', async () => {
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3, 4].map(() => say(world.employee, 'Hello?', 'public', key)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(await textsFor(world.employee)).toEqual(['Hello?']);
  });

  test('a key is not for other words', async () => {
    const key = randomUUID();
    await say(world.employee, 'Hello?', 'public', key);
    expect(await say(world.employee, 'Anybody?', 'public', key)).toMatchObject({
      status: 409,
      body: { code: 'idempotency_key_reused' },
    });
  });
});

describe('after it was said', () => {
  const change = (actor: Actor, id: number, text: string) =>
    actor.browser.patch(`/api/messaging/messages/${id}`, { text });
  const takeBack = (actor: Actor, id: number) => actor.browser.delete(`/api/messaging/messages/${id}`);

  test('its author edits it, and the earlier text is kept', async () => {
    const { body } = await say(world.employee, 'At nien.');
    expect((await change(world.employee, body.id, 'At nine.')).body).toMatchObject({ text: 'At nine.' });
    expect((await read(world.admin)).items[0]?.editedAt).not.toBeNull();
    const earlier = await execute<{ text: string }>('select text from messaging.earlier_text where message_id = ?', [
      body.id,
    ]);
    expect(earlier.map(({ text }) => text)).toEqual(['At nien.']);
  });

  test('nobody else edits it or takes it back', async () => {
    const { body } = await say(world.employee, 'At nine.');
    expect((await change(world.admin, body.id, 'At ten.')).status).toBe(403);
    expect((await takeBack(world.admin, body.id)).status).toBe(403);
    expect(await textsFor(world.employee)).toEqual(['At nine.']);
  });

  test('to the requester an internal note is not there', async () => {
    const { body } = await say(world.coordinator, 'Between us.', 'internal');
    expect((await change(world.employee, body.id, 'Aha')).status).toBe(404);
    expect((await takeBack(world.employee, body.id)).status).toBe(404);
  });

  test('taken back, its text is gone for everybody and a trace stays', async () => {
    const { body } = await say(world.employee, 'My password is fish.');
    expect((await takeBack(world.employee, body.id)).status).toBe(200);
    const [seen] = (await read(world.admin)).items;
    expect(seen).toMatchObject({ text: null, author: { id: world.employee.id } });
    expect(seen?.takenBackAt).not.toBeNull();
    expect((await change(world.employee, body.id, 'Hello')).status).toBe(409);
  });

  test('after 15 minutes it stays', async () => {
    const { body } = await say(world.employee, 'At nine.');
    await execute(`update messaging.message set posted_at = now() - interval '16 minutes' where id = ?`, [body.id]);
    expect(await takeBack(world.employee, body.id)).toMatchObject({ status: 409, body: { code: 'not_allowed' } });
    expect((await read(world.employee)).items[0]).toMatchObject({ text: 'At nine.', takeBackUntil: null });
  });
});

test('a ticket that is over takes internal notes, and no public message', async () => {
  await moves.reject(number, { actorId: world.coordinator.id, text: 'Not ours.' });
  expect(await say(world.employee, 'But why?')).toMatchObject({ status: 409, body: { code: 'not_allowed' } });
  expect((await say(world.coordinator, 'They called.', 'internal')).status).toBe(201);
  expect(await read(world.employee)).toMatchObject({ voices: [], whyNot: expect.stringContaining('over') });
});

test('a long conversation comes page by page, each message once', async () => {
  for (let n = 1; n <= 5; n += 1) await say(world.employee, `Message ${n}`);
  const first = await read(world.employee, '?limit=2');
  const second = await read(world.employee, `?limit=2&cursor=${first.next}`);
  const third = await read(world.employee, `?limit=2&cursor=${second.next}`);
  const texts = [first, second, third].flatMap(({ items }) => items.map(({ text }) => text));
  expect(texts).toEqual(['Message 5', 'Message 4', 'Message 3', 'Message 2', 'Message 1']);
  expect(third.next).toBeNull();
});

describe('a draft', () => {
  const path = () => `/api/messaging/tickets/${number}/draft`;

  test('is kept for its person alone, and is done with when the message is posted', async () => {
    await world.employee.browser.put(path(), { voice: 'public', text: 'When can' });
    await world.employee.browser.put(path(), { voice: 'public', text: 'When can I' });
    expect((await world.employee.browser.get(path())).body.draft).toEqual({ voice: 'public', text: 'When can I' });
    expect((await world.admin.browser.get(path())).body.draft).toBeNull();
    await say(world.employee, 'When can I have it?');
    expect((await world.employee.browser.get(path())).body.draft).toBeNull();
  });

  test('an empty text clears it', async () => {
    await world.employee.browser.put(path(), { voice: 'public', text: 'When' });
    expect((await world.employee.browser.put(path(), { voice: 'public', text: ' ' })).status).toBe(204);
    expect((await world.employee.browser.get(path())).body.draft).toBeNull();
  });
});
