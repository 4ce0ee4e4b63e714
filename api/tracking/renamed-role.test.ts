import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Actor,
  makeActor,
  makeWorld,
  readTask,
  readTicket,
  review,
  act as send,
  submit,
  type World,
} from '../../tests/factories.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { assignRole, changeRole, createRole, revokeRole } from '../auth/roles.service.ts';
import { forms } from '../helpdesk/form.fixture.ts';
import { RoleMember, TrackingRole } from './members.entity.ts';

// A role is renamed while tickets wait for it, are held in it and still arrive. All of them go on.

let system: TestSystem;
let world: World;
let second: Actor;
beforeAll(async () => {
  system = await startSystem();
  world = await makeWorld(system);
  second = await makeActor(system, { tts: ['Asset Manager'] });
  await until(async () => (await em().count(RoleMember, { active: true })) === 4);
});
afterAll(() => system.close());

const em = () => system.context.orm.em.fork();
const rename = async (from: string, name: string): Promise<void> => {
  const { id } = await createRole(em(), { system: 'tts', name: from });
  await changeRole(em(), id, { name });
  await until(async () => (await em().findOneOrFail(TrackingRole, id)).name === name);
};

/** Brings a ticket to Resolve. */
const resolving = async (form: object = forms.asset_check_out, department = 'asset'): Promise<string> => {
  const number = await submit(world.employee, form);
  const opened = await review(world.coordinator, number, 'open', { priority: 'high', department });
  expect(opened.status, JSON.stringify(opened.body)).toBe(200);
  expect((await send(world.admin, number, 'submit')).status).toBe(200);
  return number;
};

const queueOf = async (actor: Actor, search: string) =>
  (await actor.browser.get(`/api/tracking/tasks?${search}`)).body.items.map(
    ({ number, role, roleKey }: { number: string; role: string; roleKey: string }) => ({ number, role, roleKey }),
  );

test('held tickets keep their assignee, new ones follow the rotation, and all show the new name', async () => {
  const members = [world.assetManager, second];
  const assigneeOf = async (number: string) => (await readTask(world.admin, number)).assignee.id;
  const before = [await resolving(), await resolving()];
  const turns = [await assigneeOf(before[0] ?? ''), await assigneeOf(before[1] ?? '')];
  expect(turns.toSorted()).toEqual(members.map(({ id }) => id).toSorted());

  await rename('Asset Manager', 'Device Keeper');
  const after = [await resolving(), await resolving()];
  // The rotation continues where it was.
  expect([await assigneeOf(after[0] ?? ''), await assigneeOf(after[1] ?? '')]).toEqual(turns);

  const row = (number: string) => ({ number, role: 'Device Keeper', roleKey: 'asset_manager' });
  const rows = (numbers: string[]) => expect.arrayContaining(numbers.map(row));
  expect(await queueOf(second, 'queue=role')).toEqual(rows([...before, ...after]));
  expect(await queueOf(world.admin, 'queue=all&role=asset_manager')).toEqual(rows([...before, ...after]));

  const [held = '', fresh = ''] = [before[0], after[0]];
  await until(async () => (await readTicket(world.employee, held)).assignee.role === 'Device Keeper');
  const task = await readTask(world.admin, held);
  expect(task.steps.map(({ role }: { role: string }) => role)).toEqual(['Admin', 'Device Keeper', 'Admin']);
  expect(task.actions[0].why).toBe('This step belongs to the role Device Keeper, which you do not have.');
  const { items } = (await world.admin.browser.get('/api/tracking/workflows')).body;
  expect(items[0].steps[1].roles[0]).toEqual({ key: 'asset_manager', name: 'Device Keeper' });
  expect((await second.browser.get('/api/me')).body.systems[0].roles).toEqual([
    { key: 'asset_manager', name: 'Device Keeper' },
  ]);

  // The timeline keeps the name that the role had at the time.
  const rolesInTimeline = async (number: string) =>
    (await readTicket(world.admin, number)).timeline.flatMap(({ event }: { event: { kind: string; role?: string } }) =>
      event.kind === 'assigned' ? event.role : [],
    );
  expect(await rolesInTimeline(held)).toEqual(['Admin', 'Asset Manager']);
  expect(await rolesInTimeline(fresh)).toEqual(['Admin', 'Device Keeper']);

  for (const number of [held, fresh]) {
    const holder = members.find(({ id }) => id === turns[0]) ?? second;
    expect((await send(holder, number, 'approve')).status).toBe(200);
    expect((await send(world.admin, number, 'finalize')).body).toMatchObject({ status: 'resolved' });
  }
});

test('a ticket that waits for the role gets its first member under the new name', async () => {
  const role = { userId: world.budgetManager.id, system: 'tts', role: 'budget_manager' } as const;
  await revokeRole(em(), role);
  await until(async () => (await em().count(RoleMember, { userId: role.userId, active: true })) === 0);
  const number = await resolving(forms.budget_proposal, 'budget');
  expect(await readTask(world.admin, number)).toMatchObject({ state: 'waiting', role: 'Budget Manager' });
  await rename('Budget Manager', 'Treasurer');
  expect(await readTask(world.admin, number)).toMatchObject({ state: 'waiting', role: 'Treasurer' });
  await assignRole(em(), role);
  await until(async () => (await readTask(world.admin, number)).assignee?.id === role.userId);
  expect((await send(world.budgetManager, number, 'approve')).status).toBe(200);
});

test('a renamed role keeps its access to pages', async () => {
  await rename('Admin', 'Overseer');
  expect((await world.admin.browser.get('/api/tracking/tasks?queue=all')).status).toBe(200);
  const { id } = await createRole(em(), { system: 'hdts', name: 'Ticket Coordinator' });
  await changeRole(em(), id, { name: 'Reviewer' });
  const number = await submit(world.employee);
  expect((await review(world.coordinator, number, 'open', { priority: 'low', department: 'asset' })).status).toBe(200);
  expect(await readTask(world.admin, number)).toMatchObject({ role: 'Overseer', assignee: { id: world.admin.id } });
});
