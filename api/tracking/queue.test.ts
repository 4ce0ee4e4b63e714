import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMoves, type Desk, type Moves, makeStaff, openDesk, syncMembers } from '../../tests/desk.ts';
import { type Actor, laptopForm, makeActor, submit, type World } from '../../tests/factories.ts';
import type { Department, Priority } from '../../workflows/ticket/rules/words.ts';
import { forms } from '../helpdesk/form.fixture.ts';

let desk: Desk;
let moves: Moves;
let world: World;
let second: Actor;

/** Seven tickets in seven situations, by name. */
const at: Record<string, string> = {};

const opened = async (form: object, priority: Priority, department: Department): Promise<string> => {
  const number = await submit(world.employee, form);
  await moves.open(number, { actorId: world.coordinator.id }, priority, department);
  return number;
};

beforeAll(async () => {
  desk = await openDesk();
  moves = createMoves(desk);
  world = await makeStaff(desk);
  const { admin, assetManager, employee } = world;
  at.triage = await opened(laptopForm, 'low', 'asset');
  at.overdue = await opened(forms.it_support, 'critical', 'it');
  await desk.context.orm.em
    .fork()
    .execute(`update tracking.task set due_at = due_at - interval '1 day', overdue = true where number = ?`, [
      at.overdue,
    ]);
  at.resolve = await opened({ ...laptopForm, subject: 'Laptop, 100% urgent' }, 'high', 'asset');
  await moves.act(at.resolve, 'submit', { actorId: admin.id });
  at.budget = await opened(forms.budget_proposal, 'medium', 'budget');
  await moves.act(at.budget, 'submit', { actorId: admin.id });
  at.withdrawn = await opened(laptopForm, 'medium', 'asset');
  await moves.withdraw(at.withdrawn, { actorId: employee.id, text: 'Found one myself.' });
  at.resolved = await opened(laptopForm, 'medium', 'asset');
  await moves.act(at.resolved, 'submit', { actorId: admin.id });
  await moves.act(at.resolved, 'approve', { actorId: assetManager.id });
  await moves.act(at.resolved, 'finalize', { actorId: admin.id });
  await desk.context.orm.em
    .fork()
    .execute(`update tracking.workflow_definition set published_version = null where category = 'general_request'`);
  at.unrouted = await opened(forms.general_request, 'low', 'it');
  await submit(world.employee);
  // Joins last and holds nothing yet.
  second = await makeActor(desk, { tts: ['Admin', 'Asset Manager'] });
  await syncMembers(desk);
});
afterAll(() => desk.close());

const nameOf = (number: string) => Object.entries(at).find(([, value]) => value === number)?.[0] ?? number;
const queue = async (actor: Actor, query: string): Promise<string[]> => {
  const answer = await actor.browser.get(`/api/tracking/tasks?${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.items.map((item: { number: string }) => nameOf(item.number));
};

describe('the queues', () => {
  test.each([
    ['mine', { admin: ['overdue', 'triage'], assetManager: ['resolve'], budgetManager: ['budget'], second: [] }],
    [
      'role',
      {
        admin: ['overdue', 'triage'],
        assetManager: ['resolve'],
        budgetManager: ['budget'],
        second: ['overdue', 'resolve', 'triage'],
      },
    ],
    ['unrouted', { admin: ['unrouted'], second: ['unrouted'] }],
    [
      'all',
      {
        admin: ['overdue', 'resolve', 'budget', 'triage', 'unrouted'],
        second: ['overdue', 'resolve', 'budget', 'triage', 'unrouted'],
      },
    ],
  ])('%s holds what is open of it, soonest due first, without a due time last', async (name, expected) => {
    const readers: Record<string, Actor> = { ...world, second };
    for (const [who, names] of Object.entries(expected)) {
      const reader = readers[who] ?? world.admin;
      expect(await queue(reader, `queue=${name}`), who).toEqual(names);
    }
  });

  test.each(['unrouted', 'all'])('%s is refused to agents with 403, and says for whom it is', async (name) => {
    const answer = await world.assetManager.browser.get(`/api/tracking/tasks?queue=${name}`);
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'forbidden', detail: 'This list is for admins of TTS.' },
    });
  });

  test('show done and cancelled tasks on request', async () => {
    expect(await queue(world.admin, 'queue=all&show=done&sort=submitted')).toEqual(['withdrawn', 'resolved']);
    expect(await queue(world.admin, 'queue=all&show=any')).toHaveLength(7);
  });

  test('done_by_me has exactly the tickets on which the caller has done a step, wherever they are now', async () => {
    const mine = 'queue=done_by_me&show=any&sort=submitted';
    expect(await queue(world.admin, mine)).toEqual(['resolve', 'budget', 'resolved']);
    expect(await queue(world.assetManager, mine)).toEqual(['resolved']);
    expect(await queue(world.budgetManager, mine)).toEqual([]);
    expect(await queue(second, mine)).toEqual([]);
    expect(await queue(world.admin, 'queue=done_by_me&show=done')).toEqual(['resolved']);
    expect(await queue(world.admin, 'queue=done_by_me&show=any&priority=high')).toEqual(['resolve']);
  });

  test('have the sizes that the counts give', async () => {
    const counts = async (actor: Actor) => (await actor.browser.get('/api/tracking/tasks/counts')).body;
    expect(await counts(world.admin)).toEqual({ mine: 2, role: 2, overdue: 1, unrouted: 1, all: 5 });
    expect(await counts(second)).toEqual({ mine: 0, role: 3, overdue: 0, unrouted: 1, all: 5 });
    expect(await counts(world.assetManager)).toEqual({ mine: 1, role: 1, overdue: 0, unrouted: null, all: null });
    expect(await counts(world.budgetManager)).toEqual({ mine: 1, role: 1, overdue: 0, unrouted: null, all: null });
  });
});

describe('filters', () => {
  test.each([
    ['status=in_progress', ['resolve', 'budget']],
    ['status=open,resolved&show=any', ['overdue', 'triage', 'unrouted', 'resolved']],
    ['category=it_support', ['overdue']],
    ['priority=low', ['triage', 'unrouted']],
    ['role=budget_manager', ['budget']],
    ['role=Nobody', []],
    ['q=100%25', ['resolve']],
    ['q=%25%25', []],
    ['q=_', []],
    ['q=LAPTOP', ['resolve', 'triage']],
    ['priority=low&category=general_request', ['unrouted']],
  ])('%s', async (query, expected) => {
    expect((await queue(world.admin, `queue=all&${query}`)).toSorted()).toEqual(expected.toSorted());
  });

  test('by department, requester, assignee, nobody, overdue and dates', async () => {
    const all = async (query: string) => (await queue(world.admin, `queue=all&${query}`)).toSorted();
    expect(await all('department=budget')).toEqual(['budget']);
    expect(await all('department=budget,it')).toEqual(['budget', 'overdue', 'unrouted']);
    expect(await all(`requester=${world.employee.id}`)).toHaveLength(5);
    expect(await all(`requester=${world.admin.id}`)).toEqual([]);
    expect(await all('assignee=nobody')).toEqual(['unrouted']);
    expect(await all('overdue=true&show=any')).toEqual(['overdue']);
    expect(await queue(world.admin, 'queue=mine&overdue=true')).toEqual(['overdue']);
    const hour = 3_600_000;
    const near = (hours: number) => new Date(Date.now() + hours * hour).toISOString();
    expect(await all(`submittedFrom=${near(-1)}&submittedBefore=${near(1)}`)).toHaveLength(5);
    expect(await all(`submittedFrom=${near(1)}`)).toEqual([]);
    expect(await all(`submittedBefore=${near(-1)}`)).toEqual([]);
    expect(await all(`dueBefore=${near(0)}`)).toEqual(['overdue']);
    expect(await all(`dueFrom=${near(0)}`)).toEqual(['budget', 'resolve', 'triage']);
    expect(await all(`dueFrom=${encodeURIComponent(near(0).replace('Z', '+00:00'))}`)).toHaveLength(3);
  });

  test.each([
    ['department=pets', 'department.0'],
    ['assignee=me', 'assignee'],
    ['assignee=0', 'assignee'],
    ['requester=1e1', 'requester'],
    ['overdue=yes', 'overdue'],
    ['submittedFrom=yesterday', 'submittedFrom'],
    ['dueBefore=2026-13-01T00:00:00Z', 'dueBefore'],
  ])('a filter that means nothing is refused: %s', async (query, path) => {
    const answer = await world.admin.browser.get(`/api/tracking/tasks?queue=all&${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input', errors: [{ path }] } });
  });

  test('by assignee, and by a part of the number', async () => {
    expect(await queue(world.admin, `queue=all&assignee=${world.assetManager.id}`)).toEqual(['resolve']);
    expect(await queue(world.admin, `queue=all&q=${at.budget?.slice(-6)}`)).toEqual(['budget']);
  });
});

describe('pages', () => {
  const order = ['triage', 'overdue', 'resolve', 'budget', 'withdrawn', 'resolved', 'unrouted'];
  test.each([
    ['due', null],
    ['-due', null],
    ['submitted', order],
    ['-submitted', order.toReversed()],
    ['-changed', null],
  ])('sorted by %s show every task once, also those without a due time', async (sort, expected) => {
    const query = `queue=all&show=any&sort=${sort}`;
    const whole = await queue(world.admin, query);
    if (expected) expect(whole).toEqual(expected);
    for (const limit of [1, 2, 3]) {
      const seen: string[] = [];
      let next: string | null = null;
      do {
        const cursor: string = next === null ? '' : `&cursor=${next}`;
        const { body } = await world.admin.browser.get(`/api/tracking/tasks?${query}&limit=${limit}${cursor}`);
        seen.push(...body.items.map((item: { number: string }) => nameOf(item.number)));
        expect(body.total).toEqual({ count: 7, more: false });
        next = body.next;
      } while (next !== null);
      expect(seen).toEqual(whole);
    }
  });

  test('sorted by -due begin with the latest deadline and still end with tasks without one', async () => {
    const whole = await queue(world.admin, 'queue=all&show=any&sort=-due');
    expect(whole.slice(0, 4)).toEqual(['triage', 'budget', 'resolve', 'overdue']);
    expect(whole.slice(4).toSorted()).toEqual(['resolved', 'unrouted', 'withdrawn']);
  });
});

test('the list of workflows shows their roles and the number of their tickets', async () => {
  const { items } = (await world.assetManager.browser.get('/api/tracking/workflows')).body;
  expect(items.map((item: { name: string; openTickets: number }) => [item.name, item.openTickets])).toEqual([
    ['Asset Check In Workflow', 0],
    ['Asset Check Out Workflow', 2],
    ['Budget Proposal Workflow', 1],
    ['IT Support Workflow', 1],
  ]);
  const admin = { key: 'admin', name: 'Admin' };
  const managers = [
    { key: 'asset_manager', name: 'Asset Manager' },
    { key: 'budget_manager', name: 'Budget Manager' },
  ];
  expect(items[2].steps).toEqual([
    { name: 'Triage', roles: [admin] },
    { name: 'Resolve', roles: managers },
    { name: 'Finalize', roles: [admin] },
  ]);
});
