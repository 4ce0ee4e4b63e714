import type { EntityManager } from '@mikro-orm/postgresql';
import { heartbeat } from '@temporalio/activity';
import { sql } from 'kysely';
import { Role, System, User } from '../../api/auth/auth.entity.ts';
import { auth } from '../../api/auth/auth.tables.ts';
import { hashPassword } from '../../api/auth/password.ts';
import { assignRole, createRole, createSystem, type Made } from '../../api/auth/roles.service.ts';
import { createUser } from '../../api/auth/users.service.ts';
import type { Context } from '../../api/context.ts';
import { hdtsAccounts, keysOf, passwords, systemAdmin, ttsAccounts } from '../../seeds/accounts.ts';
import { employeeSeeds } from '../../seeds/employees.ts';
import { type Crowd, people } from '../../seeds/people.ts';
import { type PersonSeed, usernameOf } from '../../seeds/person.ts';
import { adminRole, hdtsRoles, ttsRoles } from '../../seeds/roles.ts';
import { systemSeeds } from '../../seeds/systems.ts';
import type { PeopleTally, Tally } from '../../workflows/seed/messages.ts';
import { readableRole } from '../../workflows/ticket/rules/role-key.ts';
import type { System as Slug } from '../../workflows/ticket/rules/words.ts';
import { explained, seedFirst } from './failures.ts';
import { tallyOf } from './tally.ts';

/** The systems whose roles and accounts have their own seed command. */
type Desk = Extract<Slug, 'tts' | 'hdts'>;

export interface CrowdSettings {
  crowd: Crowd;
  /** A range of the crowd; `to` is not included. */
  from: number;
  to: number;
  seed?: number;
}

/** What became of one person of the seeds. */
interface Seeded {
  created: boolean;
  accounts: string[];
}

const passwordOf = (person: PersonSeed): string => {
  if (ttsAccounts.includes(person)) return passwords.tts;
  return hdtsAccounts.includes(person) ? passwords.hdts : passwords.employee;
};

/** The named accounts with a role in this system. Somebody who works in both systems is in both lists. */
const accountsOf = (system: Desk): PersonSeed[] =>
  [...ttsAccounts, ...hdtsAccounts].filter((person) => person.roles.some((role) => role.system === system));

const requireSystem = async (em: EntityManager, slug: Slug): Promise<void> => {
  if ((await em.count(System, { slug })) === 0) throw seedFirst(`System does not exist: ${slug}`, 'systems');
};

const requireRoles = async (em: EntityManager, system: Desk, seeds: readonly PersonSeed[]): Promise<void> => {
  await requireSystem(em, system);
  const standing = await em.find(Role, { system: { slug: system } });
  const wanted = seeds.flatMap((seed) => seed.roles).filter((role) => role.system === system);
  const missing = wanted.find(({ role }) => !standing.some(({ key }) => key === role));
  if (missing) throw seedFirst(`Role does not exist: ${readableRole(missing.role)}`, system);
};

/** The next free company id; null when all four-digit ones are taken. */
const nextCompanyId = async (em: EntityManager): Promise<string | null> => {
  const { last } = await auth(em)
    .selectFrom('auth.user')
    .select(sql<number | null>`max(substring(company_id from 3)::int)`.as('last'))
    .where('company_id', '~', '^MA\\d{4}$')
    .executeTakeFirstOrThrow();
  const next = (last ?? 0) + 1;
  return next < 10_000 ? `MA${String(next).padStart(4, '0')}` : null;
};

/** Seeds the accounts from seeds/. The e-mail identifies each. */
export const createPeopleSeeds = ({ orm }: Pick<Context, 'orm'>) => {
  // Argon2 is slow on purpose, so each of the four passwords is hashed only once.
  const hashes = new Map<string, Promise<string>>();
  const hashOf = (password: string): Promise<string> => {
    const hash = hashes.get(password) ?? hashPassword(password);
    hashes.set(password, hash);
    return hash;
  };

  /** `created` when the person or the role in this system is new; `accounts` when the account is, with this password. */
  const seedPerson = async (person: PersonSeed, system: Slug, password: string): Promise<Seeded> => {
    const passwordHash = await hashOf(password);
    const { roles, ...facts } = person;
    return orm.em.fork().transactional(async (em) => {
      const known = (await em.count(User, { email: person.email.toLowerCase() })) > 0;
      const companyId = known ? null : await nextCompanyId(em);
      const user = await createUser(em, { ...facts, username: usernameOf(person), companyId, passwordHash });
      const assigned: Made[] = [];
      for (const { role } of roles.filter((candidate) => candidate.system === system)) {
        assigned.push(await assignRole(em, { userId: user.id, system, role }));
      }
      const created = user.created || assigned.some((assignment) => assignment.created);
      return { created, accounts: user.created ? keysOf(person) : [] };
    });
  };

  const seedPersons = async (persons: readonly PersonSeed[], system: Desk): Promise<PeopleTally> => {
    await requireRoles(orm.em.fork(), system, persons);
    const results: Seeded[] = [];
    for (const person of persons) {
      results.push(await seedPerson(person, system, passwordOf(person)));
      heartbeat(results.length);
    }
    return { ...tallyOf(results), accounts: results.flatMap(({ accounts }) => accounts) };
  };

  return {
    /** A system, its Admin role and its admin. */
    seedSystem: explained(async (slug: Slug): Promise<PeopleTally> => {
      const seed = systemSeeds.find((candidate) => candidate.slug === slug);
      if (!seed) throw seedFirst(`System does not exist: ${slug}`, 'systems');
      const system = await createSystem(orm.em.fork(), seed);
      const role = await createRole(orm.em.fork(), adminRole(slug));
      const admin = await seedPerson(systemAdmin(slug), slug, passwords.systemAdmin);
      return { ...tallyOf([system, role, admin]), accounts: admin.accounts };
    }),

    seedRoles: explained(async (system: Desk): Promise<Tally> => {
      await requireSystem(orm.em.fork(), system);
      const results: Made[] = [];
      for (const role of system === 'tts' ? ttsRoles : hdtsRoles) {
        results.push(await createRole(orm.em.fork(), role));
      }
      return tallyOf(results);
    }),

    seedAccounts: explained((system: Desk): Promise<PeopleTally> => seedPersons(accountsOf(system), system)),

    seedEmployees: explained((): Promise<PeopleTally> => seedPersons(employeeSeeds, 'hdts')),

    seedPeople: explained(
      ({ crowd, from, to, seed }: CrowdSettings): Promise<PeopleTally> =>
        seedPersons(people(crowd, to, seed).slice(from), 'hdts'),
    ),
  };
};
