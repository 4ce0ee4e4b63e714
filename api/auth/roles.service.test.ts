import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { openDatabase } from '../db/orm.ts';
import { priorities } from '../temporal/priorities.ts';
import { Role } from './auth.entity.ts';
import { makeUser } from './people.fixture.ts';
import { changeRole, createRole, createSystem } from './roles.service.ts';
import { loadSessionUser } from './session-user.ts';
import { personSnapshot, roleSnapshot } from './snapshots.service.ts';

let database: TestDatabase;
let orm: Awaited<ReturnType<typeof openDatabase>>;
const em = () => orm.em.fork();

beforeAll(async () => {
  database = await freshDatabase();
  orm = await openDatabase({ url: database.url, pool: 4, limits: true });
  for (const slug of ['tts', 'hdts'] as const) await createSystem(em(), { slug, name: slug.toUpperCase() });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const starts = async (): Promise<string[]> =>
  (await em().execute<{ id: string }[]>('select workflow_id as id from outbox order by outbox.id')).map(({ id }) => id);

test('a role gets its key from its first name and keeps it when it is renamed', async () => {
  const { id } = await createRole(em(), { system: 'tts', name: 'Stock Keeper' });
  expect(await roleSnapshot(em(), id)).toMatchObject({ key: 'stock_keeper', name: 'Stock Keeper', version: 1 });
  expect(await changeRole(em(), id, { name: 'Store Keeper' })).toEqual({ version: 2 });
  expect(await roleSnapshot(em(), id)).toMatchObject({ key: 'stock_keeper', name: 'Store Keeper', version: 2 });
  expect(await starts()).toEqual([`tts.role.sync:${id}:v1`, `tts.role.sync:${id}:v2`]);
  // Seeding again finds it by its key and keeps the new name.
  expect(await createRole(em(), { system: 'tts', name: 'Stock Keeper' })).toEqual({ id, created: false });
});

test('copies of roles and their members start before the tickets of others, copies of people in turn with them', async () => {
  await createRole(em(), { system: 'tts', name: 'Warden' });
  await makeUser(orm, { tts: ['Warden'], hdts: ['Employee'] });
  const rows = await em().execute<{ kind: string; priority: number }[]>(
    'select distinct workflow_type as kind, priority from outbox order by 1',
  );
  const kindsOf = (wanted: number) => rows.filter(({ priority }) => priority === wanted).map(({ kind }) => kind);
  expect(kindsOf(priorities.roles)).toEqual(['tts.role.sync', 'tts.user_system_role.sync']);
  expect(kindsOf(priorities.people)).toContain('hdts.employee.sync');
});

test('two roles of one system cannot share a name; roles of two systems can', async () => {
  const { id } = await createRole(em(), { system: 'tts', name: 'Auditor' });
  await createRole(em(), { system: 'tts', name: 'Reader' });
  const refusal = { code: 'not_allowed', message: 'Another role of TTS is called Reader.' };
  await expect(changeRole(em(), id, { name: 'Reader' })).rejects.toMatchObject(refusal);
  await expect(createRole(em(), { system: 'tts', key: 'other', name: 'Reader' })).rejects.toMatchObject(refusal);
  await createRole(em(), { system: 'hdts', name: 'Reader' });
  expect(await em().count(Role, { key: 'reader' })).toBe(2);
});

test('a name that gives no key needs an explicit key', async () => {
  const name = 'Менеджер';
  await expect(createRole(em(), { system: 'tts', name })).rejects.toMatchObject({ code: 'not_allowed' });
  const { id } = await createRole(em(), { system: 'tts', key: 'manager', name });
  expect(await roleSnapshot(em(), id)).toMatchObject({ key: 'manager', name });
});

test('the session and the copies refer to the key and show the current name', async () => {
  const user = await makeUser(orm, { hdts: ['Employee', 'Ticket Coordinator'] });
  const { id } = await createRole(em(), { system: 'hdts', name: 'Employee' });
  await changeRole(em(), id, { name: 'Colleague' });
  expect((await loadSessionUser(em(), user.id))?.systems).toEqual([
    {
      slug: 'hdts',
      name: 'HDTS',
      roles: [
        { key: 'employee', name: 'Colleague' },
        { key: 'ticket_coordinator', name: 'Ticket Coordinator' },
      ],
    },
  ]);
  const copy = await personSnapshot(em(), user.id);
  expect(copy).toMatchObject({ isEmployee: true, isStaff: true, roles: ['employee', 'ticket_coordinator'] });
});
