import { afterAll, beforeAll, expect, test } from 'vitest';
import { User } from '../api/auth/auth.entity.ts';
import { renewPassword } from '../api/auth/new-password.ts';
import { hashPassword } from '../api/auth/password.ts';
import { createUser } from '../api/auth/users.service.ts';
import { systemAdmin } from '../seeds/accounts.ts';
import { usernameOf } from '../seeds/person.ts';
import { type Desk, openDesk } from '../tests/desk.ts';
import type { System } from '../workflows/ticket/rules/words.ts';
import { accountsAsPrinted } from './accounts.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const em = () => desk.context.orm.em.fork();
const printed = async (): Promise<string[]> =>
  (await accountsAsPrinted(desk.context.config.DATABASE_URL)).map(({ key }) => key);

const makeAdmin = async (system: System): Promise<void> => {
  const { roles: _, ...person } = systemAdmin(system);
  const passwordHash = await hashPassword('admin');
  await createUser(em(), { ...person, username: usernameOf(systemAdmin(system)), companyId: null, passwordHash });
};

test('npm start names the accounts that are there, with the passwords that they have', async () => {
  expect(await printed()).toEqual([]);
  for (const system of ['tts', 'ams', 'bms'] as const) await makeAdmin(system);
  expect(await printed()).toEqual(['tts.system_admin', 'ams.system_admin', 'bms.system_admin']);
  await renewPassword(em(), 'adminams@example.com');
  await em().nativeUpdate(User, { email: 'adminbms@example.com' }, { isActive: false });
  expect(await printed()).toEqual(['tts.system_admin']);
});
