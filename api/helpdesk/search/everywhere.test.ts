import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMoves, type Desk, type Moves, makeStaff, openDesk, syncMembers } from '../../../tests/desk.ts';
import { type Actor, laptopForm, makeActor, submit, type World } from '../../../tests/factories.ts';
import { changeUser } from '../../auth/users.service.ts';
import { forms } from '../form.fixture.ts';

// One search for every list: the help desk's, the review's, the desk's and the admin's.

let desk: Desk;
let moves: Moves;
let world: World;
let requester: Actor;
const at: Record<string, string> = {};

beforeAll(async () => {
  desk = await openDesk();
  moves = createMoves(desk);
  world = await makeStaff(desk);
  requester = await makeActor(desk, { hdts: ['Employee'] });
  const person = (actor: Actor, firstName: string, lastName: string) =>
    changeUser(desk.context.orm.em.fork(), actor.id, { firstName, lastName });
  await person(requester, 'Anne-Marie', 'O’Neil');
  await person(world.admin, 'Jürgen', 'Groß');
  await syncMembers(desk);
  const write = async (name: string, patch: object, by: Actor = requester) => {
    at[name] = await submit(by, patch);
    await moves.open(at[name], { actorId: world.coordinator.id });
  };
  await write('straße', {
    ...laptopForm,
    subject: 'Laptop für die Straße',
    description: 'Die Brüder sagen: „sofort“.',
  });
  await write('checkin', {
    ...laptopForm,
    subject: 'Check‑in at the gate',
    description: "It can't be opened any more.",
  });
  await write('other', { ...forms.general_request, subject: 'Zebra crossing' }, world.employee);
});
afterAll(() => desk.close());

const get = async (actor: Actor, path: string) => {
  const answer = await actor.browser.get(path);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
const nameOf = (number: string) => Object.entries(at).find(([, value]) => value === number)?.[0] ?? number;
const found = async (actor: Actor, path: string, q: string) => {
  const { items, total } = await get(actor, `${path}&q=${encodeURIComponent(q)}`);
  expect(total.count).toBe(items.length);
  return items.map((item: { number: string }) => nameOf(item.number)).toSorted();
};

const review = '/api/helpdesk/tickets?scope=all';
const own = '/api/helpdesk/tickets?scope=mine';
const all = '/api/tracking/tasks?queue=all&show=any';
const role = '/api/tracking/tasks?queue=role&show=any';

describe('every list finds the same', () => {
  test.each([
    ['STRASSE', ['straße']],
    ['strasse fur', ['straße']],
    ['bruder "sofort"', ['straße']],
    ['check-in', ['checkin']],
    ['CHECKIN', ['checkin']],
    ['check in', ['checkin']],
    ['cant', ['checkin']],
    ['can’t opened', ['checkin']],
    ['ＺＥＢＲＡ', ['other']],
    ['ln-2024-003', ['checkin', 'straße']],
    ['LN2024003', ['checkin', 'straße']],
    ['LN 2024 003 gate', ['checkin']],
    ['ThinkPad', ['checkin', 'straße']],
    ['Branch Office North', ['checkin', 'straße']],
    ['oneil', ['checkin', 'straße']],
    ["O'Neil, Anne-Marie", ['checkin', 'straße']],
    ['marie gate', ['checkin']],
    ['gross', ['checkin', 'other', 'straße']],
    ['jurgen zebra', ['other']],
    ['zebra anne', []],
    ['zebrra', ['other']],
    ['-', []],
  ])('%s', async (q, expected) => {
    for (const [actor, path] of [
      [world.coordinator, review],
      [world.admin, review],
      [world.admin, all],
      [world.admin, role],
    ] as const)
      expect(await found(actor, path, q), path).toEqual(expected);
  });

  test('a ticket by its number, however it is written', async () => {
    const number = at.checkin ?? '';
    const link = `https://help.example.com/desk/tickets/${number}?queue=all&show=done&status=resolved,closed&sort=-due`;
    for (const q of [`[${number}]`, `${number},`, number.toLowerCase(), link, `#${number.slice(-6)}`])
      for (const [actor, path] of [
        [requester, own],
        [world.coordinator, review],
        [world.admin, all],
      ] as const)
        expect(await found(actor, path, q), q).toEqual(['checkin']);
  });

  test('people by their e-mail, but not by its domain, which all share', async () => {
    expect(await found(world.coordinator, review, requester.email)).toEqual(['checkin', 'straße']);
    expect(await found(world.admin, all, requester.email)).toEqual(['checkin', 'straße']);
    expect(await found(world.admin, all, world.admin.email)).toEqual(['checkin', 'other', 'straße']);
    expect(await found(world.admin, all, 'example.com')).toEqual([]);
  });

  test('somebody renamed by the new name at once', async () => {
    const em = () => desk.context.orm.em.fork();
    await changeUser(em(), requester.id, { lastName: 'Żółtowska' });
    expect(await found(world.admin, all, 'zoltowska')).toEqual(['checkin', 'straße']);
    expect(await found(world.admin, all, 'oneil')).toEqual([]);
    await changeUser(em(), requester.id, { lastName: 'O’Neil' });
  });
});

describe('a requester', () => {
  test('finds by the name of the assignee, who is shown, but not by the e-mail address, which is not', async () => {
    expect(await found(requester, own, 'Jürgen')).toEqual(['checkin', 'straße']);
    expect(await found(requester, own, world.admin.email)).toEqual([]);
  });

  test('does not find what staff wrote about the ticket', async () => {
    await moves.act(at.straße ?? '', 'submit', { actorId: world.admin.id, text: 'Sounds like a hippopotamus.' });
    expect(await found(requester, own, 'hippopotamus')).toEqual([]);
  });

  test('finds no tickets of others', async () => {
    for (const q of ['zebra', 'zebrra', 'crossing', 'groß crossing'])
      expect(await found(requester, review, q), q).toEqual([]);
  });
});

test('mistyped words are matched with words of the list, not with those of other people’s tickets', async () => {
  const other = await makeActor(desk, { hdts: ['Employee'] });
  for (const subject of ['Zebrq one', 'Zebrqa two', 'Zebrqs three'])
    await submit(other, { ...forms.general_request, subject });
  expect(await found(world.admin, all, 'zebrq')).toEqual(['other']);
  expect(await found(world.employee, own, 'zebrq')).toEqual(['other']);
  expect((await get(world.coordinator, `${review}&q=zebrq`)).total.count).toBeGreaterThan(1);
});

test('people and words of a page continue where the last one ended', async () => {
  const q = encodeURIComponent('anne');
  for (const [actor, path] of [
    [world.coordinator, review],
    [world.admin, all],
  ] as const) {
    const first = await get(actor, `${path}&limit=1&q=${q}`);
    const second = await get(actor, `${path}&limit=1&q=${q}&cursor=${first.next}`);
    const numbers = [...first.items, ...second.items].map((item: { number: string }) => nameOf(item.number));
    expect(numbers.toSorted()).toEqual(['checkin', 'straße']);
    expect(second).toMatchObject({ next: null, total: { count: 2 } });
  }
});

test('a text without spaces is accepted, although no index holds such a word', async () => {
  const subject = 'A wall of letters';
  const number = await submit(requester, { ...forms.general_request, subject, description: 'x'.repeat(150) });
  expect(await found(requester, own, 'xxxxxxxx')).toEqual([number]);
});
