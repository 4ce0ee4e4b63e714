import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSyncActivities } from '../../activities/sync/sync.activities.ts';
import { createMoves, type Desk, makeStaff, openDesk, syncMembers } from '../../tests/desk.ts';
import { makeActor, submit, type World } from '../../tests/factories.ts';
import { changeRole, createRole, revokeRole } from '../auth/roles.service.ts';
import { needsAssignee } from './assign.service.ts';

// Which tickets are told to look again when roles and members change.

let desk: Desk;
let world: World;

beforeAll(async () => {
  desk = await openDesk();
  world = await makeStaff(desk);
});
afterAll(() => desk.close());

const em = () => desk.context.orm.em.fork();
const assetRole = async () => (await createRole(em(), { system: 'tts', name: 'Asset Manager' })).id;

const atResolve = async (): Promise<string> => {
  const moves = createMoves(desk);
  const number = await submit(world.employee);
  await moves.open(number, { actorId: world.coordinator.id });
  await moves.act(number, 'submit', { actorId: world.admin.id });
  return number;
};

test('those that a leaving member holds, and not those of a colleague', async () => {
  const sync = createSyncActivities(desk.context);
  const colleague = await makeActor(desk, { tts: ['Asset Manager'] });
  await syncMembers(desk);
  const [one, other] = [await atResolve(), await atResolve()];
  const assignee = async (number: string) =>
    (await em().execute('select assignee_id from tracking.task where number = ?', [number]))[0]?.assignee_id;
  const his = (await assignee(one)) === colleague.id ? one : other;
  expect(new Set([await assignee(one), await assignee(other)])).toEqual(new Set([world.assetManager.id, colleague.id]));
  await revokeRole(em(), { userId: colleague.id, system: 'tts', role: 'Asset Manager' });
  const left = await sync.syncRoleMember({ userId: colleague.id, roleId: await assetRole() });
  expect(left).toEqual({ applied: true, waiting: [his] });
});

test('all of a role that is switched off, for nobody can act on them any more', async () => {
  const sync = createSyncActivities(desk.context);
  const number = await atResolve();
  const roleId = await assetRole();
  await changeRole(em(), roleId, { isActive: false });
  const { waiting } = await sync.syncRole(roleId);
  expect(waiting).toContain(number);
  expect(await needsAssignee(em(), 'Asset Manager', world.assetManager.id)).toBe(true);
  await changeRole(em(), roleId, { isActive: true });
  await sync.syncRole(roleId);
  expect(await needsAssignee(em(), 'Asset Manager', world.assetManager.id)).toBe(false);
});
