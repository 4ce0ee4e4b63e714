import { base, en, Faker } from '@faker-js/faker';
import { departments } from '../workflows/ticket/rules/words.ts';
import { hdtsAccounts, systemAdmin, ttsAccounts } from './accounts.ts';
import { employeeSeeds } from './employees.ts';
import { type AccountStatus, type PersonSeed, usernameOf } from './person.ts';
import { systemSeeds } from './systems.ts';

/** `extra`: more employees for `seed employees --count`; `hdts`: the crowd of `seed hdts-employees`. */
export type Crowd = 'extra' | 'hdts';

export const defaultSeed = 20_261_123;

export const createFaker = (seed: number): Faker => {
  const faker = new Faker({ locale: [en, base], seed });
  faker.setDefaultRefDate('2026-11-23T00:00:00.000Z');
  return faker;
};

// A tenth of the guide's 150 people: 80 employees, 40 coordinators, 30 admins, with a third in each state.
const roleDeck = [
  ...Array<string>(8).fill('employee'),
  ...Array<string>(4).fill('ticket_coordinator'),
  ...Array<string>(3).fill('admin'),
];
const statusDeck: AccountStatus[] = [
  ...Array<AccountStatus>(5).fill('approved'),
  ...Array<AccountStatus>(5).fill('pending'),
  ...Array<AccountStatus>(5).fill('rejected'),
];

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');

const namedPeople = (): PersonSeed[] => [
  ...systemSeeds.map(({ slug }) => systemAdmin(slug)),
  ...ttsAccounts,
  ...hdtsAccounts,
  ...employeeSeeds,
];

/**
 * The first `count` people of a crowd. Person n is the same whatever the count. The two crowds take alternate names from one
 * list, so that they share no e-mail.
 */
export const people = (crowd: Crowd, count: number, seed: number = defaultSeed): PersonSeed[] => {
  const faker = createFaker(seed);
  const taken = new Set(namedPeople().map((person) => usernameOf(person).toLowerCase()));
  const mine = crowd === 'hdts' ? 0 : 1;
  const result: PersonSeed[] = [];
  let roles: string[] = [];
  let states: AccountStatus[] = [];
  for (let drawn = 0; result.length < count; drawn += 1) {
    if (drawn % 30 === 0) {
      roles = faker.helpers.shuffle(roleDeck);
      states = faker.helpers.shuffle(statusDeck);
    }
    const person = somebody(faker, taken, drawn);
    if (drawn % 2 !== mine) continue;
    const place = result.length;
    result.push({
      ...person,
      department: departments[place % departments.length] ?? 'it',
      status: crowd === 'hdts' ? (states[place % 15] ?? 'approved') : 'approved',
      roles: [{ system: 'hdts', role: crowd === 'hdts' ? (roles[place % 15] ?? 'employee') : 'employee' }],
    });
  }
  return result;
};

type Somebody = Pick<PersonSeed, 'email' | 'firstName' | 'middleName' | 'lastName' | 'suffix' | 'phone'>;

const somebody = (faker: Faker, taken: Set<string>, drawn: number): Somebody => {
  const firstName = faker.person.firstName();
  const lastName = faker.person.lastName();
  const middleName = faker.helpers.maybe(() => faker.person.middleName(), { probability: 0.95 });
  const suffix = faker.helpers.maybe(() => faker.helpers.arrayElement(['Jr.', 'Sr.', 'II', 'III'] as const), {
    probability: 0.1,
  });
  const stem = `${plain(firstName)}.${plain(lastName)}`;
  let username = stem;
  for (let n = 2; taken.has(username); n += 1) username = `${stem}${n}`;
  taken.add(username);
  const phone = `+63918${String(drawn + 1).padStart(7, '0')}`;
  return { email: `${username}@example.com`, firstName, middleName, lastName, suffix, phone };
};
