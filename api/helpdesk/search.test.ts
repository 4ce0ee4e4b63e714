import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { type Actor, makeActor, submit, type World } from '../../tests/factories.ts';
import { forms } from './form.fixture.ts';

let desk: Desk;
let world: World;
let employee: Actor;
beforeAll(async () => {
  desk = await openDesk();
  world = await makeStaff(desk);
});
afterAll(() => desk.close());
beforeEach(async () => {
  employee = await makeActor(desk, { hdts: ['Employee'] });
});

const write = (subject: string, description = 'Nothing more is known about it.'): Promise<string> =>
  submit(employee, { ...forms.general_request, subject, description });

interface Page {
  items: { number: string; subject: string }[];
  next: string | null;
  total: { count: number };
}

const search = async (actor: Actor, query: Record<string, string>): Promise<Page> => {
  const answer = await actor.browser.get(`/api/helpdesk/tickets?${new URLSearchParams(query)}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
const subjectsOf = ({ items }: Page): string[] => items.map(({ subject }) => subject);

test('what has the words in its subject comes before what has them in its description, the newest first in each', async () => {
  await write('Projector hums');
  await write('Meeting room', 'The projector hums since Monday.');
  await write('Projector is dark');
  await write('Printer is loud');
  const page = await search(employee, { q: 'projector' });
  expect(subjectsOf(page)).toEqual(['Projector is dark', 'Projector hums', 'Meeting room']);
  expect(page.total.count).toBe(3);
  const oldest = await search(employee, { q: 'projector', sort: 'submitted' });
  expect(subjectsOf(oldest)).toEqual(['Projector hums', 'Meeting room', 'Projector is dark']);
});

test('pages of the best go on where the last one ended, across the ranks', async () => {
  for (const turn of [1, 2, 3]) {
    await write(`Scanner number ${turn}`);
    await write(`Something else ${turn}`, 'The scanner does not scan.');
  }
  const all = subjectsOf(await search(employee, { q: 'scanner' }));
  expect(all).toHaveLength(6);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await search(employee, { q: 'scanner', limit: '2', ...(cursor ? { cursor } : {}) });
    seen.push(...subjectsOf(page));
    cursor = page.next;
  }
  expect(seen).toEqual(all);
});

test('several words are found wherever they stand, and all of them must be there', async () => {
  await write('Laptop from finance, charger is missing');
  await write('Charger is broken');
  expect(subjectsOf(await search(employee, { q: 'missing charger' }))).toEqual([
    'Laptop from finance, charger is missing',
  ]);
});

test.each([
  ['porjector', 'Projector is dark'],
  ['WORKSHP', 'Room for a workshop'],
  ['wokshop rooom', 'Room for a workshop'],
])('%s is mistyped and finds what was meant', async (q, subject) => {
  for (const one of ['Projector is dark', 'Room for a workshop', 'Works outing']) await write(one);
  expect(subjectsOf(await search(employee, { q }))).toEqual([subject]);
});

test('a word that somebody has written so is not taken for a mistyped one', async () => {
  await write('Monitor flickers');
  await write('The monitr of old, by that name');
  expect(subjectsOf(await search(employee, { q: 'monitr' }))).toEqual(['The monitr of old, by that name']);
});

test('mistyped words find no tickets of others either', async () => {
  await write('Projector is dark');
  const other = await makeActor(desk, { hdts: ['Employee'] });
  expect(subjectsOf(await search(other, { q: 'porjector' }))).toEqual([]);
  expect((await search(world.coordinator, { q: 'porjector', scope: 'all' })).total.count).toBeGreaterThan(0);
});

test('the words of others do not take the place of what was meant', async () => {
  const mine = employee;
  await write('Zebra crossing');
  employee = await makeActor(desk, { hdts: ['Employee'] });
  for (const subject of ['Zebrq one', 'Zebrqa two', 'Zebrqs three']) await write(subject);
  expect(subjectsOf(await search(mine, { q: 'zebrq' }))).toEqual(['Zebra crossing']);
});

test('a cursor of another order is refused', async () => {
  const answer = await employee.browser.get(
    `/api/helpdesk/tickets?q=x&cursor=${Buffer.from('["2026-11-23T00:00:00.000Z",1]').toString('base64url')}`,
  );
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
});
