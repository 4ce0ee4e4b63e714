import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Desk, makeStaff, openDesk } from '../../../tests/desk.ts';
import { type Actor, makeActor, submit, type World } from '../../../tests/factories.ts';
import { forms } from '../form.fixture.ts';

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

test('matches in the subject come before matches in the description, newest first within each', async () => {
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

test('pages sorted by best match continue where the last one ended, across the ranks', async () => {
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

// Up to the number that lists count, a rank is searched in one way, and beyond it in another.
test.each([2, 1_000, 1_001])(
  '%i tickets with the word in their subject stand before the others, page by page',
  async (ahead) => {
    const word = `basement${ahead}`;
    const subjectOf = (turn: number) => (turn < ahead ? `The ${word} is flooded ${turn}` : `Something else ${turn}`);
    const exemplar = await write('Water');
    await desk.context.orm.em.fork().execute(
      `with copy as (
       insert into helpdesk.ticket (number, requester_id, requester_name, idempotency_key, submission_hash, category,
         subject, description, form, status, step_names, submitted_at, changed_at)
       select 'TX2020' || lpad(?::text, 4, '0') || lpad(n::text, 6, '0'), requester_id, requester_name, ? || n, '', category,
         subjects[n + 1], ?, form, status, step_names, submitted_at + n * interval '0.3 ms', changed_at
       from helpdesk.ticket, (select array[?]::text[] as subjects) s, generate_series(0, ?::int) n where number = ?
       returning number, subject, description)
     insert into helpdesk.ticket_text (number, head, words)
       select number, lower(number || ' ' || subject), lower(number || ' ' || subject || ' ' || description) from copy`,
      [
        ...[ahead, word, `It is the ${word} of the old house.`],
        ...[Array.from({ length: ahead + 2 }, (_, turn) => subjectOf(turn)), ahead + 1, exemplar],
      ],
    );
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = { scope: 'all', q: word.toUpperCase(), limit: '100', ...(cursor ? { cursor } : {}) };
      const page: Page = await search(world.coordinator, query);
      expect(page.total).toEqual({ count: Math.min(ahead + 2, 1_000), more: ahead + 2 > 1_000 });
      seen.push(...subjectsOf(page));
      cursor = page.next;
    }
    const newestFirst = (from: number, length: number) => Array.from({ length }, (_, turn) => subjectOf(from - turn));
    expect(seen).toEqual([...newestFirst(ahead - 1, ahead), ...newestFirst(ahead + 1, 2)]);
  },
);

test('several words match anywhere in the text, and all of them must be there', async () => {
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

test('a word that some ticket has is not corrected', async () => {
  await write('Monitor flickers');
  await write('The monitr of old, by that name');
  expect(subjectsOf(await search(employee, { q: 'monitr' }))).toEqual(['The monitr of old, by that name']);
});

test('mistyped words find no tickets of other people either', async () => {
  await write('Projector is dark');
  const other = await makeActor(desk, { hdts: ['Employee'] });
  expect(subjectsOf(await search(other, { q: 'porjector' }))).toEqual([]);
  expect((await search(world.coordinator, { q: 'porjector', scope: 'all' })).total.count).toBeGreaterThan(0);
});

test('words of other people’s tickets do not displace the word that was meant', async () => {
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
