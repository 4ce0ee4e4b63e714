import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMoves, type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { laptopForm, submit, type World } from '../../tests/factories.ts';
import { figuresOf } from '../../web/admin/overview/figures.ts';
import { queryOf, wholeQueue } from '../../web/desk/task-filter.ts';
import { withQuery } from '../../web/lib/with-query.ts';
import type { Department } from '../../workflows/ticket/rules/words.ts';
import { forms } from '../helpdesk/form.fixture.ts';

// Each figure of the overview leads to a list: with the page's own filters for it, the list must be as long as the figure says.

let desk: Desk;
let world: World;

beforeAll(async () => {
  desk = await openDesk();
  world = await makeStaff(desk);
  const moves = createMoves(desk);
  const em = () => desk.context.orm.em.fork();
  const open = async (form: object, department: Department): Promise<string> => {
    const number = await submit(world.employee, form);
    await moves.open(number, { actorId: world.coordinator.id }, 'high', department);
    return number;
  };
  const numbers = [
    await open(laptopForm, 'asset'),
    await open(laptopForm, 'asset'),
    await open(forms.it_support, 'it'),
  ];
  await open(forms.budget_proposal, 'budget');
  const [done = '', withdrawn = '', late = ''] = numbers;
  await moves.act(done, 'submit', { actorId: world.admin.id });
  await moves.act(done, 'approve', { actorId: world.assetManager.id });
  await moves.act(done, 'finalize', { actorId: world.admin.id });
  await moves.withdraw(withdrawn, { actorId: world.employee.id, text: 'Found one.' });
  await em().execute(`update tracking.task set due_at = now() - interval '1 hour' where number = ?`, [late]);
  const waiting = await open(laptopForm, 'asset');
  await em().execute(
    `update tracking.task set state = 'waiting', assignee_id = null, assignee_name = null where number = ?`,
    [waiting],
  );
  await em().execute(
    `update tracking.workflow_definition set published_version = null where category = 'general_request'`,
  );
  await open(forms.general_request, 'it');
  // Two at the help desk that were never opened.
  await submit(world.employee);
  await moves.reject(await submit(world.employee), { actorId: world.coordinator.id, text: 'Twice.' });
  await moves.withdraw(await submit(world.employee), { actorId: world.employee.id, text: 'No.' });
});
afterAll(() => desk.close());

const get = async (path: string) => {
  const answer = await world.admin.browser.get(path);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

test.each([
  ['everything', {}],
  ['a department', { department: ['asset' as const] }],
  ['two departments', { department: ['it' as const, 'budget' as const] }],
  ['an assignee', { assignee: 3 }],
  ['nobody’s', { assignee: 'nobody' as const }],
  ['a day without tickets', { from: '2020-01-01', to: '2020-01-02' }],
  ['a category', { category: 'it_support' as const }],
])('each figure is as long as its list: %s', async (_name, filters) => {
  const filter = { ...wholeQueue('all'), ...filters };
  const { overview, before } = figuresOf(filter);
  const atDesk = await get(withQuery('/api/tracking/overview', overview));
  const figures = [];
  for (const figure of Object.values(figuresOf(filter).atDesk(atDesk)).flat()) {
    if (figure === null) continue;
    const name = JSON.stringify(figure.filter);
    const list = await get(withQuery('/api/tracking/tasks', queryOf(figure.filter)));
    figures.push([name, figure.count, list.total.count]);
  }
  const { counts } = before ? await get(withQuery('/api/helpdesk/tickets/counts', before)) : { counts: {} };
  for (const [status, count] of Object.entries(counts)) {
    const list = await get(withQuery('/api/helpdesk/tickets', { ...before, status }));
    figures.push([`never opened, ${status}`, count, list.total.count]);
  }
  for (const [name, count, length] of figures) expect(count, String(name)).toBe(length);
  if (Object.keys(filters).length > 0) return;
  expect(atDesk).toMatchObject({ open: 4, overdue: 1, unrouted: 1, unassigned: 2 });
  expect(atDesk.byStatus).toEqual({ open: 4, resolved: 1, withdrawn: 1 });
  expect(counts).toEqual({ new: 1, rejected: 1, withdrawn: 1 });
});

test('only admins read the overview', async () => {
  expect((await world.assetManager.browser.get('/api/tracking/overview')).status).toBe(403);
});
