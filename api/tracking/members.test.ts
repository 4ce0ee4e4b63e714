import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMoves, type Desk, makeStaff, openDesk, syncMembers } from '../../tests/desk.ts';
import { makeActor, submit, type World } from '../../tests/factories.ts';
import { changeRole, createRole, revokeRole } from '../auth/roles.service.ts';
import { needsAssignee, ticketsToRecheck } from './assign.service.ts';

// Which tickets are rechecked when roles and members change.

let desk: Desk;
let world: World;

beforeAll(async () => {
  desk = await openDesk();
  world = await makeStaff(desk);
});
afterAll(() => desk.close());

const em = () => desk.context.orm.em.fork();
const roleKey = 'asset_manager';
const toRecheck = (userId: number | null, after = '', limit = 100) =>
  ticketsToRecheck(em(), { roleKey, userId }, { after, limit });

const atResolve = async (): Promise<string> => {
  const moves = createMoves(desk);
  const number = await submit(world.employee);
  await moves.open(number, { actorId: world.coordinator.id });
  await moves.act(number, 'submit', { actorId: world.admin.id });
  return number;
};

test('the tickets of a member who leaves, and not those of a colleague', async () => {
  const colleague = await makeActor(desk, { tts: ['Asset Manager'] });
  await syncMembers(desk);
  const [one, other] = [await atResolve(), await atResolve()];
  const assignee = async (number: string) =>
    (await em().execute('select assignee_id from tracking.task where number = ?', [number]))[0]?.assignee_id;
  const his = (await assignee(one)) === colleague.id ? one : other;
  expect(new Set([await assignee(one), await assignee(other)])).toEqual(new Set([world.assetManager.id, colleague.id]));
  await revokeRole(em(), { userId: colleague.id, system: 'tts', role: 'asset_manager' });
  await syncMembers(desk);
  expect(await toRecheck(colleague.id)).toEqual([his]);
  const both = [one, other].toSorted();
  expect(await toRecheck(null)).toEqual(both);
  expect(await toRecheck(null, '', 1)).toEqual(both.slice(0, 1));
  expect(await toRecheck(null, both[0], 1)).toEqual(both.slice(1));
});

test('all tickets of a role that is switched off, because nobody can act on them any more', async () => {
  const number = await atResolve();
  const held = { assigneeId: world.assetManager.id, onlyRequester: false, barred: null };
  const { id: roleId } = await createRole(em(), { system: 'tts', name: 'Asset Manager' });
  await changeRole(em(), roleId, { isActive: false });
  await syncMembers(desk);
  expect(await toRecheck(null)).toContain(number);
  expect(await needsAssignee(em(), roleKey, held)).toBe(true);
  await changeRole(em(), roleId, { isActive: true });
  await syncMembers(desk);
  expect(await needsAssignee(em(), roleKey, held)).toBe(false);
});
