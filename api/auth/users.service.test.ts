import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { roleKeyOf } from '../../workflows/ticket/rules/role-key.ts';
import { openDatabase } from '../db/orm.ts';
import { makeUser } from './people.fixture.ts';
import { activeMembers, peopleByIds } from './people.service.ts';
import { assignRole, changeRole, createRole, createSystem, revokeRole } from './roles.service.ts';
import { changeUser, createUser } from './users.service.ts';

let database: TestDatabase;
let orm: Awaited<ReturnType<typeof openDatabase>>;
const em = () => orm.em.fork();

beforeAll(async () => {
  database = await freshDatabase();
  orm = await openDatabase({ url: database.url, pool: 8, limits: true });
  for (const slug of ['tts', 'hdts', 'ams'] as const) await createSystem(em(), { slug, name: slug });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});
beforeEach(async () => {
  await em().execute('delete from outbox');
});

const starts = async () => {
  const rows = await em().execute<{ id: string; queue: string; args: unknown }[]>(
    'select workflow_id as id, task_queue as queue, args from outbox order by outbox.id',
  );
  return rows;
};

describe('nothing is created twice', () => {
  test('a system, a role, a user and an assignment', async () => {
    const first = await createUser(em(), { ...maria, password: 'x' });
    expect(first.created).toBe(true);
    expect(await createUser(em(), { ...maria, email: 'MARIA@example.com' })).toEqual({ id: first.id, created: false });
    expect(await createSystem(em(), { slug: 'tts', name: 'Another name' })).toMatchObject({ created: false });
    const role = await createRole(em(), { system: 'tts', name: 'Once' });
    expect(await createRole(em(), { system: 'tts', name: 'Once' })).toEqual({ id: role.id, created: false });
    const assignment = { userId: first.id, system: 'tts', role: 'once' } as const;
    expect(await assignRole(em(), assignment)).toMatchObject({ created: true });
    expect(await assignRole(em(), assignment)).toMatchObject({ created: false });
    // The person, the role and the membership.
    expect(await starts()).toHaveLength(3);
  });

  test('a username or company id of somebody else is refused with a sentence', async () => {
    await createUser(em(), { ...maria, email: 'other@example.com', username: 'other', companyId: 'MA0001' });
    await expect(createUser(em(), { ...maria, email: 'new@example.com', username: 'other' })).rejects.toMatchObject({
      code: 'not_allowed',
      message: 'The username other belongs to another user.',
    });
    const taken = { ...maria, email: 'new@example.com', username: 'new', companyId: 'MA0001' };
    await expect(createUser(em(), taken)).rejects.toMatchObject({ code: 'not_allowed' });
  });
});

const maria = { email: 'maria@example.com', username: 'maria', firstName: 'Maria', lastName: 'Garcia' };

test('a role of a missing system and an unknown role are refused in the words of the guide', async () => {
  const user = await makeUser(orm);
  await expect(createRole(em(), { system: 'bms', name: 'Admin' })).rejects.toThrow('System does not exist: bms');
  await expect(assignRole(em(), { userId: user.id, system: 'tts', role: 'nobody' })).rejects.toThrow(
    'Role does not exist: nobody of tts',
  );
});

/** Each account reaches the help desk, whatever its roles. */
const born = ({ id }: { id: number }) => ({
  id: `hdts.user.sync:${id}:v1`,
  queue: 'helpdesk',
  args: [{ userId: id, version: 1 }],
});

describe('each change starts its sync workflow in the same transaction', () => {
  test('roles and members of TTS on the queue of ticket tracking', async () => {
    const role = await createRole(em(), { system: 'tts', name: 'Reviewer' });
    const user = await makeUser(orm);
    const assignment = { userId: user.id, system: 'tts', role: 'reviewer' } as const;
    await assignRole(em(), assignment);
    await revokeRole(em(), assignment);
    expect(await revokeRole(em(), assignment)).toEqual({ changed: false });
    await assignRole(em(), assignment);
    await changeRole(em(), role.id, { name: 'Checker' });
    const member = `tts.user_system_role.sync:${user.id}:${role.id}`;
    expect(await starts()).toEqual([
      { id: `tts.role.sync:${role.id}:v1`, queue: 'workflow', args: [{ roleId: role.id, version: 1 }] },
      born(user),
      { id: `${member}:v1`, queue: 'workflow', args: [{ userId: user.id, roleId: role.id, version: 1 }] },
      { id: `${member}:v2`, queue: 'workflow', args: [{ userId: user.id, roleId: role.id, version: 2 }] },
      { id: `${member}:v3`, queue: 'workflow', args: [{ userId: user.id, roleId: role.id, version: 3 }] },
      { id: `tts.role.sync:${role.id}:v2`, queue: 'workflow', args: [{ roleId: role.id, version: 2 }] },
    ]);
  });

  test('employees and staff of HDTS on the queue of the help desk, with the version of the user', async () => {
    const employee = await makeUser(orm, { hdts: ['Employee'] });
    const staff = await makeUser(orm, { hdts: ['Ticket Coordinator'] });
    await changeUser(em(), employee.id, { department: 'asset' });
    expect(await starts()).toEqual([
      born(employee),
      { id: `hdts.employee.sync:${employee.id}:v2`, queue: 'helpdesk', args: [{ userId: employee.id, version: 2 }] },
      born(staff),
      { id: `hdts.user.sync:${staff.id}:v2`, queue: 'helpdesk', args: [{ userId: staff.id, version: 2 }] },
      { id: `hdts.employee.sync:${employee.id}:v3`, queue: 'helpdesk', args: [{ userId: employee.id, version: 3 }] },
    ]);
  });

  test('no more for systems without copies, and none when the transaction fails', async () => {
    const user = await makeUser(orm, { ams: ['Admin'] });
    const failing = em().transactional(async (tx) => {
      await changeUser(tx, user.id, { firstName: 'Lost' });
      await assignRole(tx, { userId: user.id, system: 'tts', role: 'reviewer' });
      throw new Error('the lights went out');
    });
    await expect(failing).rejects.toThrow('the lights went out');
    expect(await starts()).toEqual([born(user)]);
    expect((await peopleByIds(em(), [user.id])).get(user.id)?.name).not.toContain('Lost');
  });

  test('never two of one version, even when roles of one user change at the same time', async () => {
    const names = ['One', 'Two', 'Three', 'Four'];
    for (const name of names) await createRole(em(), { system: 'hdts', name });
    const user = await makeUser(orm);
    await Promise.all(
      names.map((name) => assignRole(em(), { userId: user.id, system: 'hdts', role: roleKeyOf(name) })),
    );
    const ids = (await starts()).map((start) => start.id);
    expect(ids).toEqual([1, 2, 3, 4, 5].map((version) => `hdts.user.sync:${user.id}:v${version}`));
  });
});

test('members of a role are the users who can work in it now', async () => {
  const [ana, ben, cleo] = [await makeUser(orm), await makeUser(orm), await makeUser(orm)];
  await createRole(em(), { system: 'tts', name: 'Team' });
  for (const { id } of [ana, ben, cleo]) await assignRole(em(), { userId: id, system: 'tts', role: 'team' });
  await changeUser(em(), ben.id, { status: 'rejected' });
  await revokeRole(em(), { userId: cleo.id, system: 'tts', role: 'team' });
  expect((await activeMembers(em(), 'tts', 'team')).map((person) => person.id)).toEqual([ana.id]);
});
