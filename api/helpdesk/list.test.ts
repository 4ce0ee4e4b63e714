import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMoves, type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { type Actor, makeActor, type World } from '../../tests/factories.ts';
import { forms } from './form.fixture.ts';
import { submission } from './form.schema.ts';
import { submitTicket } from './submit.service.ts';

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

const path = '/api/helpdesk/tickets';

const submitAt = async (actor: Actor, at: Date = new Date(), patch: object = {}): Promise<string> => {
  const form = submission.parse({ ...forms.general_request, ...patch });
  const sent = { requester: { id: actor.id, name: 'Ana Reyes' }, idempotencyKey: randomUUID(), form, at };
  return (await submitTicket(desk.context.orm.em.fork(), sent)).ticket.number;
};

const list = async (actor: Actor, query = '') => {
  const answer = await actor.browser.get(`${path}?${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

const numbersOf = (page: { items: { number: string }[] }): string[] => page.items.map((item) => item.number);

describe('whose tickets', () => {
  test('requesters find their own, and only people who work with tickets find all', async () => {
    const other = await makeActor(desk, { hdts: ['Employee'] });
    const hdtsAdmin = await makeActor(desk, { hdts: ['Admin'] });
    const [mine, theirs] = [await submitAt(employee), await submitAt(other)];
    expect(numbersOf(await list(employee))).toEqual([mine]);
    expect(numbersOf(await list(employee, 'scope=all'))).toEqual([mine]);
    expect(await list(employee, `scope=all&q=${theirs}`)).toMatchObject({ items: [], total: { count: 0 } });
    for (const reader of [world.coordinator, world.assetManager, world.admin, hdtsAdmin]) {
      expect(numbersOf(await list(reader))).toEqual([]);
      expect(numbersOf(await list(reader, 'scope=all&limit=2'))).toEqual([theirs, mine]);
    }
  });

  test('the counts by status cover the same tickets', async () => {
    const moves = createMoves(desk);
    const numbers = [await submitAt(employee), await submitAt(employee), await submitAt(employee)];
    await moves.open(numbers[0] ?? '', { actorId: world.coordinator.id });
    await moves.withdraw(numbers[1] ?? '', { actorId: employee.id, text: 'Found it.' });
    const counts = async (actor: Actor, scope: string) =>
      (await actor.browser.get(`${path}/counts?scope=${scope}`)).body.counts;
    const own = { open: 1, withdrawn: 1, new: 1 };
    expect(await counts(employee, 'mine')).toEqual(own);
    expect(await counts(employee, 'all')).toEqual(own);
    expect(await counts(world.coordinator, 'mine')).toEqual({});
    const all = await counts(world.coordinator, 'all');
    expect(all.new).toBe((await list(world.coordinator, 'scope=all&status=new')).total.count);
  });
});

describe('filters', () => {
  test('by status, category and priority: one value, several values, and combined', async () => {
    const moves = createMoves(desk);
    const { category: _category, scheduledDate: _day, ...printer } = forms.it_support;
    const [fresh, high, low] = [
      await submitAt(employee, new Date('2026-03-01T08:00:00Z')),
      await submitAt(employee, new Date('2026-03-02T08:00:00Z'), { ...printer, category: 'it_support' }),
      await submitAt(employee, new Date('2026-03-03T08:00:00Z')),
    ];
    await moves.open(high, { actorId: world.coordinator.id }, 'high', 'it');
    await moves.open(low, { actorId: world.coordinator.id }, 'low', 'it');
    const found = async (query: string) => numbersOf(await list(employee, query));
    expect(await found('status=new')).toEqual([fresh]);
    expect(await found('status=open,new')).toEqual([low, high, fresh]);
    expect(await found('status=closed')).toEqual([]);
    expect(await found('category=it_support')).toEqual([high]);
    expect(await found('priority=high,critical')).toEqual([high]);
    expect(await found('status=open&category=general_request&priority=low')).toEqual([low]);
    expect(await found('status=open&category=general_request&priority=high')).toEqual([]);
  });

  const subjects = [
    '100% sure of it',
    'Rack a_b is hot',
    'Path C:\\temp is full',
    "O'Neil says: why?",
    'Straße $1 gesperrt',
  ];
  test.each([
    ['%', ['100% sure of it']],
    ['0% S', ['100% sure of it']],
    ['_', ['Rack a_b is hot']],
    ['a_b', ['Rack a_b is hot']],
    ['axb', []],
    ['\\', ['Path C:\\temp is full']],
    ['c:\\t', ['Path C:\\temp is full']],
    ["'", []],
    ['O’NEIL', ["O'Neil says: why?"]],
    ['why?', ["O'Neil says: why?"]],
    ['STRASSE', ['Straße $1 gesperrt']],
    ['straße', ['Straße $1 gesperrt']],
    ['$1', ['Straße $1 gesperrt']],
    ['%%', []],
    ["' or 1=1 --", []],
    ['Three sheets', subjects],
  ])('words are taken literally: %j', async (q, expected) => {
    for (const subject of subjects)
      await submitAt(employee, new Date(), { subject, description: 'It has three sheets.' });
    const page = await list(employee, new URLSearchParams({ q, sort: 'submitted' }).toString());
    expect(page.items.map((item: { subject: string }) => item.subject)).toEqual(expected);
    expect(page.total).toEqual({ count: expected.length, more: false });
  });

  test('a part of the number finds the ticket', async () => {
    const number = await submitAt(employee);
    await submitAt(employee);
    expect(numbersOf(await list(employee, `q=${number.slice(-6)}`))).toEqual([number]);
    expect(numbersOf(await list(employee, `q=${number.toLowerCase()}`))).toEqual([number]);
  });
});

describe('pages', () => {
  // Three tickets share each moment: the cursor must tell them apart.
  const moment = (index: number) => new Date(Date.UTC(2026, 5, 1, 8, Math.floor(index / 3)));

  test.each(['-submitted', 'submitted', '-changed', 'changed'])(
    'sorted by %s show every ticket once while new ones arrive',
    async (sort) => {
      const numbers: string[] = [];
      for (let index = 0; index < 11; index += 1) numbers.push(await submitAt(employee, moment(index)));
      const seen: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const page: Awaited<ReturnType<typeof list>> = await list(
          employee,
          `sort=${sort}&limit=2&cursor=${next}`.replace(/&cursor=$/, ''),
        );
        expect(page.items.length).toBeLessThanOrEqual(2);
        seen.push(...numbersOf(page));
        next = page.next;
        if (seen.length < 6) await submitAt(employee);
      }
      const known = seen.filter((number) => numbers.includes(number));
      expect(known).toEqual(sort.startsWith('-') ? numbers.toReversed() : numbers);
      expect(new Set(seen).size).toBe(seen.length);
      // In this order the new ones come first.
      expect(seen.length - known.length).toBe(sort.startsWith('-') ? 0 : 2);
    },
  );

  test('end exactly: a full last page has no cursor', async () => {
    for (let index = 0; index < 4; index += 1) await submitAt(employee);
    const first = await list(employee, 'limit=2');
    expect(first).toMatchObject({ total: { count: 4, more: false } });
    const second = await list(employee, `limit=2&cursor=${first.next}`);
    expect(second).toMatchObject({ next: null, total: { count: 4, more: false } });
    expect((await list(employee, 'limit=4')).next).toBeNull();
  });

  test('count up to a thousand, then only say that there are more', async () => {
    const number = await submitAt(employee);
    const copy = (rows: number, from: number) =>
      desk.context.orm.em.fork().execute(
        `insert into helpdesk.ticket (number, requester_id, requester_name, idempotency_key, submission_hash, category,
           subject, description, form, status, step_names, submitted_at, changed_at)
         select 'TX20200101' || lpad(n::text, 6, '0'), requester_id, requester_name, 'copy' || n, '', category, subject,
           description, form, status, step_names, submitted_at, changed_at
         from helpdesk.ticket, generate_series(?::int, ?::int) n where number = ?`,
        [from, from + rows - 1, number],
      );
    await copy(999, 1);
    expect((await list(employee, 'limit=1')).total).toEqual({ count: 1_000, more: false });
    await copy(1, 1_000);
    expect((await list(employee, 'limit=1')).total).toEqual({ count: 1_000, more: true });
  });
});
