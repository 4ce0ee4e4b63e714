import type { System } from '../workflows/ticket/rules/words.ts';
import { employeeSeeds } from './employees.ts';
import type { PersonSeed } from './person.ts';
import { adminRole, hdtsRoles, ttsRoles } from './roles.ts';
import { systemSeeds } from './systems.ts';

/** Public passwords, for development. A real installation must renew them. */
export const passwords = {
  systemAdmin: 'admin',
  tts: 'Tracking123',
  hdts: 'password123',
  employee: 'Password123',
} as const;

export const systemAdmin = (system: System): PersonSeed => ({
  email: `Admin${system}@example.com`,
  firstName: system.toUpperCase(),
  lastName: 'Admin',
  department: null,
  status: 'approved',
  phone: `+63917100000${systemSeeds.findIndex((seed) => seed.slug === system) + 1}`,
  roles: [{ system, role: 'admin' }],
});

// One member for each managing role, so that a newcomer finds each ticket with a printed account. Dana Petrov works in two
// systems, so that one account shows the page for choosing between them.
export const ttsAccounts: readonly PersonSeed[] = [
  {
    email: 'tickettrackingsystem.mapactive+lawrenceafable@dev.mapactive.tech',
    firstName: 'Tracking',
    lastName: 'Admin',
    department: 'it',
    status: 'approved',
    phone: '+639172000001',
    roles: [{ system: 'tts', role: 'admin' }],
  },
  {
    email: 'jonas.weber@example.com',
    firstName: 'Jonas',
    lastName: 'Weber',
    department: 'asset',
    status: 'approved',
    phone: '+639172000002',
    roles: [{ system: 'tts', role: 'asset_manager' }],
  },
  {
    email: 'dana.petrov@example.com',
    firstName: 'Dana',
    lastName: 'Petrov',
    department: 'budget',
    status: 'approved',
    phone: '+639172000003',
    roles: [
      { system: 'tts', role: 'budget_manager' },
      { system: 'hdts', role: 'employee' },
    ],
  },
];

const coordinator = (
  firstName: string,
  lastName: string,
  email: string,
  rest: Pick<PersonSeed, 'department' | 'phone'>,
) => ({
  email,
  firstName,
  lastName,
  ...rest,
  status: 'approved' as const,
  roles: [{ system: 'hdts' as const, role: 'ticket_coordinator' }],
});

export const hdtsAccounts: readonly PersonSeed[] = [
  coordinator('Alex', 'Johnson', 'alex.johnson@gmail.com', { department: 'it', phone: '+639173000001' }),
  coordinator('Priya', 'Raman', 'priya.raman@example.com', { department: 'asset', phone: '+639173000002' }),
  coordinator('Tomas', 'Berg', 'tomas.berg@example.com', { department: 'it', phone: '+639173000004' }),
  coordinator('Greta', 'Nilsen', 'greta.nilsen@example.com', { department: 'asset', phone: '+639173000005' }),
  {
    email: 'marta.lindqvist@example.com',
    firstName: 'Marta',
    lastName: 'Lindqvist',
    department: 'budget',
    status: 'approved',
    phone: '+639173000003',
    roles: [{ system: 'hdts', role: 'admin' }],
  },
];

export interface PrintedAccount {
  /** What a seed workflow calls it: its history holds no addresses. */
  key: string;
  system: System;
  /** The role's name. */
  role: string;
  email: string;
  password: string;
}

const printed = (
  people: readonly PersonSeed[],
  system: System,
  key: string,
  password: string,
  name = key,
): PrintedAccount => {
  const person = people.find(
    (one) => one.status === 'approved' && one.roles.some((has) => has.system === system && has.role === key),
  );
  const role = [adminRole(system), ...ttsRoles, ...hdtsRoles].find((one) => one.system === system && one.key === key);
  if (!person || !role) throw new Error(`No seeded account has the role ${key} in ${system}`);
  return { key: `${system}.${name}`, system, role: role.name, email: person.email, password };
};

/** The accounts that `npm start` prints and the README lists: one for each kind of user, in the order of a ticket's path. */
export const printedAccounts: readonly PrintedAccount[] = [
  printed(employeeSeeds, 'hdts', 'employee', passwords.employee),
  printed(hdtsAccounts, 'hdts', 'ticket_coordinator', passwords.hdts),
  printed(ttsAccounts, 'tts', 'admin', passwords.tts),
  printed(ttsAccounts, 'tts', 'asset_manager', passwords.tts),
  printed(ttsAccounts, 'tts', 'budget_manager', passwords.tts),
  printed(hdtsAccounts, 'hdts', 'admin', passwords.hdts),
  ...systemSeeds.map(({ slug }) => printed([systemAdmin(slug)], slug, 'admin', passwords.systemAdmin, 'system_admin')),
];

/** The keys under which this person is printed: none, or one. */
export const keysOf = ({ email }: Pick<PersonSeed, 'email'>): string[] =>
  printedAccounts.filter((account) => account.email === email).map(({ key }) => key);
