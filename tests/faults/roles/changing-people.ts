import type { MikroORM } from '@mikro-orm/postgresql';
import { hashPassword } from '../../../api/auth/password.ts';
import { assignRole, changeRole, createRole, revokeRole } from '../../../api/auth/roles.service.ts';
import { changeUser, createUser } from '../../../api/auth/users.service.ts';
import { readableRole } from '../../../workflows/ticket/rules/role-key.ts';
import type { Arena } from '../arena/arena.ts';
import { signIn } from '../arena/people.ts';
import type { Random } from '../random.ts';
import type { Person } from '../workload/person.ts';

// Roles that own no step, so that no ticket comes to somebody who does not act on it.
export const ttsRoles = ['auditor', 'archivist'] as const;
const hdtsRole = 'ticket_coordinator';

/** Somebody whose roles are given and taken while nobody copies them. */
export interface Changing {
  id: number;
  person: Person;
  /** What they should have now. */
  tts: Set<string>;
  coordinates: boolean;
}

const password = 'correct horse battery staple';
let made = 0;

/** New people, signed in, each with a role of TTS. */
export const makePeople = async (arena: Arena, orm: MikroORM, count: number): Promise<Changing[]> => {
  const passwordHash = await hashPassword(password);
  for (const key of ttsRoles) await createRole(orm.em.fork(), { system: 'tts', key, name: readableRole(key) });
  const people: Changing[] = [];
  for (let place = 0; place < count; place += 1) {
    made += 1;
    const email = `changing-${made}@example.com`;
    const names = { firstName: 'Robin', lastName: `Changing ${made}`, username: `changing-${made}` };
    const { id } = await createUser(orm.em.fork(), { ...names, email, passwordHash, status: 'approved' });
    await assignRole(orm.em.fork(), { userId: id, system: 'tts', role: ttsRoles[0] });
    const { api, origin } = arena.product;
    const door = { url: () => api.url, origin, database: arena.database, journal: arena.journal };
    people.push({ id, person: await signIn(door, email, password), tts: new Set([ttsRoles[0]]), coordinates: false });
  }
  return people;
};

/** What was done; `revoked`: somebody lost a role by it. */
export interface Change {
  who: Changing;
  revoked: boolean;
}

const turnRole = async (orm: MikroORM, who: Changing, system: 'tts' | 'hdts', role: string, has: boolean) => {
  const assignment = { userId: who.id, system, role };
  if (has) await revokeRole(orm.em.fork(), assignment);
  else await assignRole(orm.em.fork(), assignment);
  return { who, revoked: has };
};

/** Gives or takes a role, or changes a name: what an admin does all day. */
export const changeSomething = async (orm: MikroORM, random: Random, people: readonly Changing[]): Promise<Change> => {
  const who = random.pick(people);
  const dice = random.next();
  if (dice < 0.55) {
    const role = random.pick(ttsRoles);
    const has = who.tts.has(role);
    if (has) who.tts.delete(role);
    else who.tts.add(role);
    return turnRole(orm, who, 'tts', role, has);
  }
  if (dice < 0.85) {
    const has = who.coordinates;
    who.coordinates = !has;
    return turnRole(orm, who, 'hdts', hdtsRole, has);
  }
  await changeUser(orm.em.fork(), who.id, { lastName: `Changing ${random.between(100, 999)}` });
  return { who, revoked: false };
};

/** Two other names for the role, one after the other: two versions more, and the same key. */
export const renameRole = async (orm: MikroORM, roleId: number, random: Random): Promise<void> => {
  await changeRole(orm.em.fork(), roleId, { name: `For a moment ${random.between(100, 999)}` });
  await changeRole(orm.em.fork(), roleId, { name: `Renamed ${random.between(100, 999)}` });
};
