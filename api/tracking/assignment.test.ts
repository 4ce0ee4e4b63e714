import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Actor,
  act,
  laptopForm,
  makeActor,
  makeWorld,
  readTask,
  readTicket,
  review,
  submit,
  type World,
} from '../../tests/factories.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { assignRole, revokeRole } from '../auth/roles.service.ts';
import { changeUser } from '../auth/users.service.ts';
import { forms } from '../helpdesk/form.fixture.ts';
import { RoleMember, TrackingRole } from './members.entity.ts';

let system: TestSystem;
let world: World;
const em = () => system.context.orm.em.fork();

beforeAll(async () => {
  system = await startSystem();
  world = await makeWorld(system);
});
afterAll(() => system.close());

const role = (key: string, actor: Actor) => ({ userId: actor.id, system: 'tts', role: key }) as const;
const opened = async (form: object = laptopForm): Promise<string> => {
  const number = await submit(world.employee, form);
  const department = form === forms.budget_proposal ? 'budget' : 'asset';
  const answer = await review(world.coordinator, number, 'open', { priority: 'high', department });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return number;
};
/** The number of members that tracking has so far. */
const membersOf = async (key: string): Promise<number> => {
  const { id } = await em().findOneOrFail(TrackingRole, { key });
  return em().count(RoleMember, { roleId: id, active: true });
};
const assigneeOf = async (number: string) => (await readTask(world.admin, number)).assignee?.id ?? null;
const kinds = async (number: string): Promise<string[]> =>
  (await readTicket(world.admin, number)).timeline.map((entry: { event: { kind: string } }) => entry.event.kind);

test('a colleague takes a step over, and the former assignee can no longer act on it', async () => {
  const number = await opened();
  await act(world.admin, number, 'submit');
  const colleague = await makeActor(system, { tts: ['Asset Manager'] });
  const before = await act(colleague, number, 'approve');
  expect(before).toMatchObject({ status: 409, body: { code: 'not_allowed' } });
  expect(before.body.detail).toBe('Another Asset Manager holds this step. Take it over to act on it.');
  expect(await act(colleague, number, 'take')).toMatchObject({
    status: 200,
    body: { status: 'in_progress', version: 3 },
  });
  expect(await assigneeOf(number)).toBe(colleague.id);
  expect(await act(world.assetManager, number, 'approve')).toMatchObject({
    status: 409,
    body: { code: 'not_allowed' },
  });
  expect((await act(colleague, number, 'approve')).status).toBe(200);
  await revokeRole(em(), role('asset_manager', colleague));
});

describe('a role without a member', () => {
  let number: string;

  beforeAll(async () => {
    await revokeRole(em(), role('budget_manager', world.budgetManager));
    await until(async () => (await membersOf('budget_manager')) === 0);
    number = await opened(forms.budget_proposal);
    await act(world.admin, number, 'submit');
  });

  test('leaves the step waiting for the role, and every page says so', async () => {
    const task = await readTask(world.admin, number);
    expect(task).toMatchObject({ state: 'waiting', step: 'Resolve', role: 'Budget Manager', assignee: null });
    const ticket = await readTicket(world.employee, number);
    expect(ticket.assignee).toMatchObject({ name: null, role: 'Budget Manager' });
    expect((await kinds(number)).at(-1)).toBe('waiting_for_role');
  });

  test('gives all waiting steps to its first member, even ones that arrive meanwhile', async () => {
    const others = await Promise.all(Array.from({ length: 4 }, () => opened(forms.budget_proposal)));
    const joins = assignRole(em(), role('budget_manager', world.budgetManager));
    await Promise.all([joins, ...others.map((other) => act(world.admin, other, 'submit'))]);
    for (const waiting of [number, ...others])
      await until(async () => (await assigneeOf(waiting)) === world.budgetManager.id);
    expect((await kinds(number)).slice(-2)).toEqual(['waiting_for_role', 'assigned']);
    expect((await act(world.budgetManager, number, 'approve')).status).toBe(200);
  });
});

describe('a member who leaves', () => {
  test.each([
    {
      how: 'by losing the role',
      leave: (actor: Actor) => revokeRole(em(), role('asset_manager', actor)),
      // Everybody with an account has a list of their own tickets; others' are not found.
      statuses: [403, 403, 403, 403, 404, 200],
    },
    {
      how: 'by being switched off',
      leave: (actor: Actor) => changeUser(em(), actor.id, { isActive: false }),
      statuses: Array(6).fill(401),
    },
  ])(
    '$how is refused by every module on the next request, and a colleague gets the step',
    async ({ leave, statuses }) => {
      const number = await opened();
      await act(world.admin, number, 'submit');
      const leaver = await makeActor(system, { tts: ['Asset Manager'] });
      expect((await act(leaver, number, 'take')).status).toBe(200);
      await leave(leaver);
      const { browser } = leaver;
      const answers = [
        await browser.post(`/api/tracking/tasks/${number}/act`, {
          version: 3,
          transition: 'approve',
          note: 'Quickly.',
        }),
        await browser.get('/api/tracking/tasks'),
        await browser.get(`/api/tracking/tasks/${number}`),
        await browser.get('/api/tracking/workflows'),
        await browser.get(`/api/helpdesk/tickets/${number}`),
        await browser.get('/api/helpdesk/tickets?scope=all'),
      ];
      expect(answers.map((answer) => answer.status)).toEqual(statuses);
      expect(answers.at(-1)?.body.items ?? []).toEqual([]);
      await until(async () => (await assigneeOf(number)) === world.assetManager.id);
      expect((await act(world.assetManager, number, 'approve')).status).toBe(200);
    },
  );

  test('as the last one of the role leaves the step waiting', async () => {
    const number = await opened();
    await act(world.admin, number, 'submit');
    await revokeRole(em(), role('asset_manager', world.assetManager));
    await until(async () => (await readTask(world.admin, number)).state === 'waiting');
    expect((await kinds(number)).at(-1)).toBe('waiting_for_role');
    await assignRole(em(), role('asset_manager', world.assetManager));
    await until(async () => (await assigneeOf(number)) === world.assetManager.id);
  });
});

test('tickets rotate among the members of a role, even when many arrive at once', async () => {
  const admins = [
    world.admin,
    await makeActor(system, { tts: ['Admin'] }),
    await makeActor(system, { tts: ['Admin'] }),
  ];
  await until(async () => (await membersOf('admin')) === 3);
  const counts = async (numbers: string[]) => {
    const assignees = await Promise.all(numbers.map(assigneeOf));
    return admins.map((admin) => assignees.filter((id) => id === admin.id).length);
  };
  const oneByOne = [await opened(), await opened(), await opened()];
  expect(await counts(oneByOne)).toEqual([1, 1, 1]);
  const together = await Promise.all(Array.from({ length: 10 }, () => opened()));
  expect((await counts(together)).toSorted()).toEqual([3, 3, 4]);
  for (const admin of admins.slice(1)) await revokeRole(em(), role('admin', admin));
  for (const number of [...oneByOne, ...together])
    await until(async () => (await assigneeOf(number)) === world.admin.id);
});

describe('a ticket that no published workflow matches', () => {
  const unrouted = async () => {
    const { body } = await world.admin.browser.get('/api/tracking/tasks?queue=unrouted');
    return body.items.map((item: { number: string }) => item.number);
  };
  const route = (actor: Actor, number: string, workflowId: number) =>
    actor.browser.post(`/api/tracking/tasks/${number}/route`, { version: 1, workflowVersionId: workflowId });

  test('waits on the admins\u2019 list until one of them chooses a workflow', async () => {
    await em().execute(
      `update tracking.workflow_definition set published_version = null where category = 'general_request'`,
    );
    const number = await opened(forms.general_request);
    expect(await unrouted()).toEqual([number]);
    expect(await kinds(number)).toEqual(['submitted', 'opened', 'unrouted']);
    expect(await readTask(world.admin, number)).toMatchObject({
      state: 'unrouted',
      workflow: null,
      step: null,
      actions: [],
    });

    const { items } = (await world.admin.browser.get('/api/tracking/workflows')).body;
    const { id, name } = items.find((item: { category: string }) => item.category === 'it_support');
    expect(await route(world.assetManager, number, id)).toMatchObject({ status: 403 });
    expect(await route(world.coordinator, number, id)).toMatchObject({ status: 403 });
    expect(await unrouted()).toEqual([number]);

    expect(await route(world.admin, number, id)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await unrouted()).toEqual([]);
    expect(await readTask(world.admin, number)).toMatchObject({ state: 'held', step: 'Triage', workflow: { name } });
    expect(await route(world.admin, number, id)).toMatchObject({ status: 409, body: { code: 'version_conflict' } });
  });

  test('can be withdrawn by its requester while it waits', async () => {
    const number = await opened(forms.general_request);
    const answer = await review(world.employee, number, 'withdraw', { reason: 'No longer needed.' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
    expect(await unrouted()).toEqual([]);
  });
});
