import type { MikroORM } from '@mikro-orm/postgresql';
import { roleKeyOf } from '../../workflows/ticket/rules/role-key.ts';
import type { System } from '../../workflows/ticket/rules/words.ts';
import { hashPassword } from './password.ts';
import { assignRole, createRole, createSystem } from './roles.service.ts';
import { createUser, type NewUser } from './users.service.ts';

export const testPassword = 'correct horse';

let hash: Promise<string> | undefined;
let count = 0;

/** Names of roles. */
type Roles = Partial<Record<System, string[]>>;

/** Creates an approved user with these roles, and the systems and roles that are missing. */
export const makeUser = async (orm: MikroORM, roles: Roles = {}, facts: Partial<NewUser> = {}) => {
  const em = orm.em.fork();
  count += 1;
  hash ??= hashPassword(testPassword);
  const email = facts.email ?? `person${count}@example.com`;
  const { id } = await createUser(em, {
    firstName: 'Person',
    lastName: `Nr${count}`,
    username: `person${count}`,
    status: 'approved',
    passwordHash: await hash,
    ...facts,
    email,
  });
  for (const [system, names] of entriesOf(roles)) {
    await createSystem(em, { slug: system, name: system.toUpperCase() });
    for (const name of names) {
      await createRole(em, { system, name });
      await assignRole(em, { userId: id, system, role: roleKeyOf(name) });
    }
  }
  return { id, email, password: testPassword };
};

const entriesOf = (roles: Roles): [System, string[]][] =>
  (['tts', 'hdts', 'ams', 'bms'] as const).flatMap((system) => {
    const names = roles[system];
    return names ? [[system, names]] : [];
  });
