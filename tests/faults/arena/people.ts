import type { Pool } from 'pg';
import { hdtsAccounts, passwords, systemAdmin, ttsAccounts } from '../../../seeds/accounts.ts';
import { employeeSeeds } from '../../../seeds/employees.ts';
import type { PersonSeed } from '../../../seeds/person.ts';
import type { Journal } from '../workload/journal.ts';
import { createPerson, type Person } from '../workload/person.ts';

/** The seeded people, signed in. */
export interface People {
  employees: Person[];
  coordinators: Person[];
  /** Sees every task. */
  admin: Person;
  /** @throws Error when nobody of this id is signed in. */
  byId(id: number): Person;
}

interface Door {
  /** Where the API listens. */
  url(): string;
  origin: string;
  database: Pool;
  journal: Journal;
}

export const signIn = async (door: Door, email: string, password: string): Promise<Person> => {
  const answer = await fetch(`${door.url()}/api/auth/sign-in`, {
    method: 'POST',
    headers: { origin: door.origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const [cookie = ''] = answer.headers.get('set-cookie')?.split(';') ?? [];
  if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${answer.status} ${await answer.text()}`);
  const { rows } = await door.database.query<{ id: number }>('select id from auth."user" where email = lower($1)', [
    email,
  ]);
  return createPerson({ ...door, id: rows[0]?.id ?? 0, email, cookie });
};

const approved = ({ status }: PersonSeed): boolean => status === 'approved';

export const signInPeople = async (door: Door): Promise<People> => {
  const all = async (seeds: readonly PersonSeed[], password: string): Promise<Person[]> => {
    const people: Person[] = [];
    for (const { email } of seeds.filter(approved)) people.push(await signIn(door, email, password));
    return people;
  };
  const admin = await signIn(door, systemAdmin('tts').email, passwords.systemAdmin);
  const agents = await all(ttsAccounts, passwords.tts);
  const employees = await all(employeeSeeds, passwords.employee);
  const coordinators = await all(
    hdtsAccounts.filter(({ roles }) => roles.some(({ role }) => role === 'ticket_coordinator')),
    passwords.hdts,
  );
  const known = new Map([admin, ...agents, ...employees, ...coordinators].map((person) => [person.id, person]));
  return {
    employees,
    coordinators,
    admin,
    byId(id) {
      const person = known.get(id);
      if (!person) throw new Error(`User ${id} is not signed in`);
      return person;
    },
  };
};
