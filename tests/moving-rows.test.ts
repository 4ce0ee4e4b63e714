import { afterAll, beforeAll, expect, test } from 'vitest';
import { forms } from '../api/helpdesk/form.fixture.ts';
import { mergedPages } from '../web/lib/merged-pages.ts';
import { createMoves, type Desk, makeStaff, openDesk } from './desk.ts';
import { type Actor, submit, type World } from './factories.ts';

// Rows move between the pages of a list while somebody loads them. As pages do it: the next page is loaded, then the pages before
// it once more. Each row of the list is then there once, in its newest state.

let desk: Desk;
let world: World;
let numbers: string[];

beforeAll(async () => {
  desk = await openDesk();
  world = await makeStaff(desk);
  const moves = createMoves(desk);
  numbers = [];
  for (let turn = 0; turn < 8; turn += 1) numbers.push(await submit(world.employee));
  for (const number of numbers.slice(0, 6)) {
    await moves.open(number, { actorId: world.coordinator.id });
    await moves.act(number, 'submit', { actorId: world.admin.id });
  }
  await desk.context.orm.em
    .fork()
    .execute(`update tracking.workflow_definition set published_version = null where category = 'general_request'`);
  for (let turn = 0; turn < 5; turn += 1)
    await moves.open(await submit(world.employee, forms.general_request), { actorId: world.coordinator.id });
});
afterAll(() => desk.close());

interface Row {
  number?: string;
  id?: number;
  version?: number;
}

const pageOf = async (actor: Actor, path: string, cursor: string | null) => {
  const { status, body } = await actor.browser.get(`${path}&limit=3${cursor === null ? '' : `&cursor=${cursor}`}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as { items: Row[]; next: string | null };
};

/** Loads so many pages, each from the end of the one before. */
const load = async (actor: Actor, path: string, most: number) => {
  const pages: { items: Row[]; next: string | null }[] = [];
  for (let next: string | null = null; pages.length < most; ) {
    const page = await pageOf(actor, path, next);
    pages.push(page);
    next = page.next;
    if (next === null) break;
  }
  return pages;
};

const keyOf = (row: Row): string | number => row.number ?? row.id ?? '';

test.each([
  ['portal', () => world.employee, '/api/helpdesk/tickets?sort=-changed'],
  ['review, new', () => world.coordinator, '/api/helpdesk/tickets?scope=all&status=new&sort=submitted'],
  ['review, all', () => world.coordinator, '/api/helpdesk/tickets?scope=all&sort=-changed'],
  ['search', () => world.coordinator, '/api/helpdesk/tickets?scope=all&sort=-changed&q=laptop'],
  ['my queue', () => world.assetManager, '/api/tracking/tasks?queue=mine'],
  ['role queue', () => world.assetManager, '/api/tracking/tasks?queue=role&sort=-changed'],
  ['done by me', () => world.admin, '/api/tracking/tasks?queue=done_by_me&show=any&sort=-changed'],
  ['all tickets', () => world.admin, '/api/tracking/tasks?queue=all&show=any&sort=-changed'],
  ['unrouted', () => world.admin, '/api/tracking/tasks?queue=unrouted&sort=submitted'],
  ['notifications', () => world.employee, '/api/notifications?show=all'],
])('%s', async (_name, actorOf, path) => {
  const actor = actorOf();
  const em = () => desk.context.orm.em.fork();
  const touch = async (number: string | undefined) => {
    if (number === undefined) return;
    for (const table of ['helpdesk.ticket', 'tracking.task'])
      await em().execute(
        `update ${table} set changed_at = now(), version = version + 1${table === 'tracking.task' ? `, due_at = due_at + interval '9 days'` : ''} where number = ?`,
        [number],
      );
  };
  const [first] = await load(actor, path, 1);
  // The first row of the first page moves, and so does a row that is not loaded yet.
  await touch(first?.items[0]?.number);
  await touch((await load(actor, path, 9)).flatMap(({ items }) => items).at(-1)?.number);
  const second = first?.next ? await pageOf(actor, path, first.next) : null;
  const shown = (pages: { items: Row[] }[]) => mergedPages({ pages }, keyOf, (row) => row.version ?? 0);
  const atOnce = shown([first, second].filter((page) => page != null));
  expect(new Set(atOnce.map(keyOf)).size).toBe(atOnce.length);

  const everything = (await load(actor, path, 9)).flatMap(({ items }) => items);
  const after = shown(await load(actor, path, 2));
  expect(after).toEqual(everything.slice(0, after.length));
  expect(new Set(everything.map(keyOf)).size).toBe(everything.length);
});
