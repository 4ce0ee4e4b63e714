import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeUser } from '../../api/auth/people.fixture.ts';
import { createRole, revokeRole } from '../../api/auth/roles.service.ts';
import { memberSnapshot } from '../../api/auth/snapshots.service.ts';
import { changeUser } from '../../api/auth/users.service.ts';
import { applyPerson } from '../../api/helpdesk/person.service.ts';
import { applyRole, applyRoleMember } from '../../api/tracking/members.service.ts';
import { type Desk, openDesk } from '../../tests/desk.ts';
import { createSyncActivities } from './sync.activities.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const em = () => desk.context.orm.em.fork();
const activities = () => createSyncActivities(desk.context);
const inActivity = new MockActivityEnvironment();

/** Every order of three versions; each must end with the newest. */
const orders = [
  [1, 2, 3],
  [1, 3, 2],
  [2, 1, 3],
  [2, 3, 1],
  [3, 1, 2],
  [3, 2, 1],
];

describe('whatever the order in which copies arrive, the newest wins', () => {
  test.each(orders.map((order, index) => ({ order, id: 1_000 + index })))('roles $order', async ({ order, id }) => {
    for (const version of order)
      await applyRole(em(), { id, key: `r${id}`, name: `R${id} v${version}`, active: version < 3, version });
    const rows = await em().execute('select name, active, version from tracking.role where id = ?', [id]);
    expect(rows).toEqual([{ name: `R${id} v3`, active: false, version: 3 }]);
  });

  test.each(orders.map((order, index) => ({ order, userId: 2_000 + index })))(
    'members $order',
    async ({ order, userId }) => {
      for (const version of order) {
        await applyRoleMember(em(), { roleId: 1, userId, name: `v${version}`, active: version !== 3, version });
      }
      const rows = await em().execute('select name, active, version from tracking.role_member where user_id = ?', [
        userId,
      ]);
      expect(rows).toEqual([{ name: 'v3', active: false, version: 3 }]);
    },
  );

  test.each(orders.map((order, index) => ({ order, userId: 3_000 + index })))(
    'people $order',
    async ({ order, userId }) => {
      for (const version of order) await applyPerson(em(), person(userId, version));
      const rows = await em().execute('select name, roles, version from helpdesk.person where user_id = ?', [userId]);
      expect(rows).toEqual([{ name: 'v3', roles: ['Employee', 'v3'], version: 3 }]);
    },
  );
});

const person = (userId: number, version: number) => ({
  userId,
  name: `v${version}`,
  email: `p${userId}@example.com`,
  department: null,
  companyId: null,
  isEmployee: true,
  isStaff: false,
  roles: ['Employee', `v${version}`],
  active: true,
  version,
});

test('the same copy changes nothing the second time, even when both arrive at once', async () => {
  const member = { roleId: 1, userId: 4_000, name: 'Twice', active: true, version: 1 };
  const outcomes = await Promise.all([applyRoleMember(em(), member), applyRoleMember(em(), member)]);
  expect(outcomes.map(({ applied }) => applied).sort()).toEqual([false, true]);
  expect(await applyPerson(em(), person(4_000, 1))).toBe(true);
  expect(await applyPerson(em(), person(4_000, 1))).toBe(false);
});

test('a late workflow for an old version copies the newest state, not the old one', async () => {
  const user = await makeUser(desk.context.orm, { tts: ['Late'] });
  const { id: roleId } = await createRole(em(), { system: 'tts', name: 'Late' });
  await revokeRole(em(), { userId: user.id, system: 'tts', role: 'late' });
  const syncRoleMember = () => activities().syncRoleMember({ userId: user.id, roleId });
  expect(await inActivity.run(syncRoleMember)).toMatchObject({ applied: true });
  const rows = await em().execute('select active, version from tracking.role_member where user_id = ?', [user.id]);
  expect(rows).toEqual([{ active: false, version: 2 }]);
});

test('a member who may not sign in is not active', async () => {
  const user = await makeUser(desk.context.orm, { tts: ['Resting'] });
  const { id: roleId } = await createRole(em(), { system: 'tts', name: 'Resting' });
  await changeUser(em(), user.id, { isActive: false });
  expect(await memberSnapshot(em(), { userId: user.id, roleId })).toMatchObject({ active: false, version: 2 });
});

test('rows that are gone from auth are left alone', async () => {
  expect(await activities().syncRole(999_999)).toEqual({ applied: false, waiting: [] });
  expect(await activities().syncPerson(999_999)).toEqual({ applied: false });
});
