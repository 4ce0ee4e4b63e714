import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMoves, type Desk, type Moves, makeStaff, openDesk, syncMembers } from '../../tests/desk.ts';
import { type Actor, laptopForm, makeActor, submit, type World } from '../../tests/factories.ts';
import { reassign } from '../../workflows/ticket/rules/timed-changes.ts';
import { forms } from '../helpdesk/form.fixture.ts';
import { Mail, Notification } from './notification.entity.ts';
import { notify } from './notifications.service.ts';

let desk: Desk;
let moves: Moves;
let world: World;

beforeAll(async () => {
  desk = await openDesk();
  moves = createMoves(desk);
  world = await makeStaff(desk);
});
afterAll(() => desk.close());

interface Row {
  user_id: number;
  kind: string;
  body: string;
  link: string;
}

const told = (number: string) =>
  desk.context.orm.em
    .fork()
    .execute<Row[]>('select user_id, kind, body, link from notification.notification where ticket = ? order by id', [
      number,
    ]);

describe('who is told what', () => {
  let number: string;
  let seen = 0;

  beforeEach(async () => {
    number = await submit(world.employee);
    seen = 0;
  });

  /** What came since the last look, as `employee opened`. */
  const news = async (): Promise<string[]> => {
    const rows = (await told(number)).slice(seen);
    seen += rows.length;
    const nameOf = (id: number) => Object.entries<Actor>({ ...world }).find(([, actor]) => actor.id === id)?.[0] ?? id;
    for (const { user_id: id, link } of rows)
      expect(link).toBe(`/${id === world.employee.id ? 'help' : 'desk'}/tickets/${number}`);
    return rows.map((row) => `${nameOf(row.user_id)} ${row.kind}`);
  };

  test('from submission to closing', async () => {
    const { employee, coordinator, admin, assetManager } = world;
    expect(await news()).toEqual([]);
    await moves.open(number, { actorId: coordinator.id });
    expect(await news()).toEqual(['employee opened', 'admin assigned']);
    await moves.act(number, 'submit', { actorId: admin.id });
    expect(await news()).toEqual(['employee in_progress', 'assetManager assigned']);
    await moves.act(number, 'reject', { actorId: assetManager.id, text: 'The approval is missing.' });
    expect(await news()).toEqual(['admin sent_back']);
    expect((await told(number)).at(-1)?.body).toContain('The approval is missing.');
    await moves.act(number, 'submit', { actorId: admin.id });
    expect(await news()).toEqual(['assetManager assigned']);
    await moves.overdue(number);
    expect(await news()).toEqual(['assetManager overdue']);
    await moves.act(number, 'approve', { actorId: assetManager.id });
    expect(await news()).toEqual(['admin assigned']);
    await moves.act(number, 'finalize', { actorId: admin.id });
    expect(await news()).toEqual(['employee resolved']);
    await moves.close(number, 'requester', { actorId: employee.id });
    expect(await news()).toEqual(['employee closed']);
  });

  test('when it closes by itself', async () => {
    await moves.open(number, { actorId: world.coordinator.id });
    for (const [transition, actorId] of [
      ['submit', world.admin.id],
      ['approve', world.assetManager.id],
      ['finalize', world.admin.id],
    ] as const)
      await moves.act(number, transition, { actorId });
    await news();
    await moves.close(number, 'time');
    expect(await news()).toEqual(['employee closed']);
  });

  test('when a coordinator rejects it: the requester, with the reason', async () => {
    await moves.reject(number, { actorId: world.coordinator.id, text: 'Twice the same.' });
    expect(await news()).toEqual(['employee rejected']);
    expect((await told(number)).at(-1)?.body).toContain('Twice the same.');
  });

  test('when its owner withdraws it: nobody before it is opened, then the one who holds it', async () => {
    await moves.withdraw(number, { actorId: world.employee.id, text: 'Found one myself.' });
    expect(await news()).toEqual([]);
    number = await submit(world.employee);
    seen = 0;
    await moves.open(number, { actorId: world.coordinator.id });
    await news();
    await moves.withdraw(number, { actorId: world.employee.id, text: 'Found one myself.' });
    expect(await news()).toEqual(['admin withdrawn']);
    expect((await told(number)).at(-1)?.body).toContain('Found one myself.');
  });

  test('when a step is taken over: the one who held it, and not the one who has it now', async () => {
    await moves.open(number, { actorId: world.coordinator.id });
    await moves.act(number, 'submit', { actorId: world.admin.id });
    await news();
    const colleague = await makeActor(desk, { tts: ['Asset Manager'] });
    await moves.take(number, colleague.id);
    expect(await news()).toEqual(['assetManager taken']);
    expect((await told(number)).at(-1)?.body).toMatch(/^.+ has Resolve of TX\d+ now\. You need do nothing more\.$/);
    await moves.take(number, world.assetManager.id);
    expect(await news()).toEqual([`${colleague.id} taken`]);
  });

  test('when a step that nobody held is taken: nobody', async () => {
    await moves.open(number, { actorId: world.coordinator.id });
    const em = desk.context.orm.em.fork();
    await em.execute(
      `update helpdesk.ticket set workflow_state = jsonb_set(workflow_state, '{phase,assigneeId}', 'null') where number = ?`,
      [number],
    );
    await news();
    await moves.take(number, world.admin.id);
    expect(await news()).toEqual([]);
  });

  test('when no workflow matches: the requester alone', async () => {
    const em = desk.context.orm.em.fork();
    await em.execute(
      `update tracking.workflow_definition set published_version = null where category = 'general_request'`,
    );
    number = await submit(world.employee, forms.general_request);
    await moves.open(number, { actorId: world.coordinator.id });
    expect(await news()).toEqual(['employee opened']);
  });
});

describe('the bell', () => {
  let reader: Actor;
  let numbers: string[];

  beforeEach(async () => {
    reader = await makeActor(desk, { hdts: ['Employee'] });
    numbers = [];
    for (let index = 0; index < 3; index += 1) {
      const number = await submit(reader, laptopForm);
      await moves.open(number, { actorId: world.coordinator.id });
      numbers.push(number);
    }
  });

  const bell = async (actor: Actor, query = '') => (await actor.browser.get(`/api/notifications?${query}`)).body;
  const read = (actor: Actor, body: object) => actor.browser.post('/api/notifications/read', body);

  test('shows what one was told, newest first, page by page, and nothing of others', async () => {
    const page = await bell(reader, 'limit=2');
    expect(page).toMatchObject({ unread: 3, total: { count: 3, more: false } });
    const [first] = page.items;
    expect(first).toEqual({
      id: expect.any(Number),
      kind: 'opened',
      title: `We have taken on “${laptopForm.subject}”`,
      body: `Your ticket ${numbers[2]} was read and is on its way.`,
      ticket: numbers[2],
      link: `/help/tickets/${numbers[2]}`,
      at: expect.stringMatching(/Z$/),
      readAt: null,
    });
    const rest = await bell(reader, `limit=2&cursor=${page.next}`);
    const tickets = [...page.items, ...rest.items].map((item: { ticket: string }) => item.ticket);
    expect(tickets).toEqual(numbers.toReversed());
    expect(rest.next).toBeNull();
  });

  test('marks as read what one names, and what is older than the oldest shown; what others were told stays as it is', async () => {
    const stranger = await makeActor(desk, { hdts: ['Employee'] });
    const ids: number[] = (await bell(reader)).items.map((item: { id: number }) => item.id);
    expect((await read(stranger, { ids })).body).toEqual({ unread: 0 });
    expect((await read(stranger, { ids: [], before: 2_147_483_647 })).body).toEqual({ unread: 0 });
    expect((await bell(reader)).unread).toBe(3);
    expect((await read(reader, { ids: [] })).body).toEqual({ unread: 3 });
    expect((await read(reader, { ids: ids.slice(0, 1) })).body).toEqual({ unread: 2 });
    const { readAt } = (await bell(reader)).items[0];
    expect((await read(reader, { ids: [...ids.slice(0, 1), 2_147_483_647] })).body).toEqual({ unread: 2 });
    expect((await bell(reader)).items[0].readAt).toBe(readAt);
    expect((await bell(reader, 'show=unread')).items.map((item: { id: number }) => item.id)).toEqual(ids.slice(1));
    expect((await read(reader, { ids: [], before: 2_147_483_647 })).body).toEqual({ unread: 0 });
    expect(await bell(reader, 'show=unread')).toMatchObject({ items: [], unread: 0, total: { count: 0 } });
    expect((await bell(reader)).items).toHaveLength(3);
  });

  test('“mark all as read” leaves what came after the page was loaded, also with a lower number than the newest shown', async () => {
    const [newest, late, oldest]: { id: number }[] = (await bell(reader)).items;
    // Numbers are drawn before a transaction commits: a page can show the first and the third before the second is there.
    await moves.open(await submit(reader, laptopForm), { actorId: world.coordinator.id });
    const shown = { ids: [newest?.id, oldest?.id], before: oldest?.id };
    expect((await read(reader, shown)).body).toEqual({ unread: 2 });
    const unread: { id: number }[] = (await bell(reader, 'show=unread')).items;
    expect(unread.at(-1)?.id).toBe(late?.id);
  });

  test('there is no “all” without saying what was shown', async () => {
    expect(await read(reader, {})).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect((await bell(reader)).unread).toBe(3);
  });
});

describe('doing the work', () => {
  const unreadOf = async (actor: Actor): Promise<string[]> => {
    const { body } = await actor.browser.get('/api/notifications?show=unread&limit=100');
    return body.items.map((item: { ticket: string; kind: string }) => `${item.ticket} ${item.kind}`);
  };

  test('reads what its sender was told about the ticket, and nothing of other tickets or people', async () => {
    const [first, second] = [await submit(world.employee), await submit(world.employee)];
    for (const number of [first, second]) await moves.open(number, { actorId: world.coordinator.id });
    const { employee, admin, assetManager } = world;
    await moves.act(first, 'submit', { actorId: admin.id });
    expect(await unreadOf(admin)).not.toContain(`${first} assigned`);
    expect(await unreadOf(admin)).toContain(`${second} assigned`);
    expect(await unreadOf(assetManager)).toContain(`${first} assigned`);
    expect(await unreadOf(employee)).toEqual(expect.arrayContaining([`${first} opened`, `${first} in_progress`]));
    await moves.withdraw(first, { actorId: employee.id, text: 'Found one myself.' });
    expect((await unreadOf(employee)).filter((line) => line.startsWith(first))).toEqual([]);
    expect(await unreadOf(employee)).toContain(`${second} opened`);
  });

  test('leaves unread what it tells its own sender', async () => {
    const number = await submit(world.employee);
    await moves.open(number, { actorId: world.coordinator.id });
    await moves.act(number, 'submit', { actorId: world.admin.id });
    await moves.act(number, 'approve', { actorId: world.assetManager.id });
    // The only admin finishes triage, and finalizing is theirs, too.
    expect(await unreadOf(world.admin)).toEqual(expect.arrayContaining([`${number} assigned`]));
    await moves.act(number, 'finalize', { actorId: world.admin.id });
    expect(await unreadOf(world.admin)).not.toContain(`${number} assigned`);
  });

  test('waits for no bell: what another request marks at this moment is left to it', async () => {
    const number = await submit(world.employee);
    await moves.open(number, { actorId: world.coordinator.id });
    const bell = desk.context.orm.em.fork();
    await bell.transactional(async (inner) => {
      await inner.execute('select id from notification.notification where user_id = ? for update', [world.admin.id]);
      await moves.act(number, 'submit', { actorId: world.admin.id });
    });
    expect(await unreadOf(world.admin)).toContain(`${number} assigned`);
  });
});

test('nobody is notified twice of one event, and only what is new gets a mail', async () => {
  const words = { kind: 'opened' as const, title: 'Taken on', body: 'It was read.', ticket: 'TX1', link: '/' };
  const eventsOf = (...keys: string[]) =>
    keys.map((eventKey) => ({ ...words, userId: 2_000_000, eventKey, at: new Date() }));
  const em = desk.context.orm.em.fork();
  await em.transactional((inner) => notify(inner, eventsOf('one', 'another')));
  await em.transactional((inner) => notify(inner, eventsOf('another', 'third')));
  await em.transactional((inner) => notify(inner, eventsOf('third')));
  await notify(em, []);
  const failed = em.transactional(async (inner) => {
    await notify(inner, eventsOf('taken back'));
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  const found = await em.find(Notification, { userId: 2_000_000 }, { orderBy: { id: 'asc' } });
  expect(found.map(({ eventKey }) => eventKey)).toEqual(['one', 'another', 'third']);
  const mails = await em.find(Mail, { notificationId: found.map(({ id }) => id) });
  expect(mails).toMatchObject(found.map(() => ({ state: 'pending', batch: null, attempts: 0 })));
});

test('who got a role anew is told of the step that comes with it', async () => {
  const number = await submit(world.employee, forms.budget_proposal);
  await moves.open(number, { actorId: world.coordinator.id }, 'low', 'budget');
  await moves.act(number, 'submit', { actorId: world.admin.id });
  const colleague = await makeActor(desk, { tts: ['Budget Manager'] });
  await syncMembers(desk);
  await moves.record(number, reassign);
  expect((await told(number)).at(-1)).toMatchObject({ user_id: colleague.id, kind: 'assigned' });
});
