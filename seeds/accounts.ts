import type { System } from '../workflows/ticket/rules/words.ts';
import { employeeSeeds } from './employees.ts';
import type { PersonSeed } from './person.ts';
import { systemSeeds } from './systems.ts';

/** Passwords for development, all of them public. A real installation seeds no accounts. */
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
  roles: [{ system, role: 'Admin' }],
});

// One member for each managing role: a newcomer who follows a ticket finds it with the account that is printed.
// Dana Petrov works in two systems, so that the page that lets one choose is seen, too.
export const ttsAccounts: readonly PersonSeed[] = [
  {
    email: 'tickettrackingsystem.mapactive+lawrenceafable@dev.mapactive.tech',
    firstName: 'Tracking',
    lastName: 'Admin',
    department: 'it',
    status: 'approved',
    phone: '+639172000001',
    roles: [{ system: 'tts', role: 'Admin' }],
  },
  {
    email: 'jonas.weber@example.com',
    firstName: 'Jonas',
    lastName: 'Weber',
    department: 'asset',
    status: 'approved',
    phone: '+639172000002',
    roles: [{ system: 'tts', role: 'Asset Manager' }],
  },
  {
    email: 'dana.petrov@example.com',
    firstName: 'Dana',
    lastName: 'Petrov',
    department: 'budget',
    status: 'approved',
    phone: '+639172000003',
    roles: [
      { system: 'tts', role: 'Budget Manager' },
      { system: 'hdts', role: 'Employee' },
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
  roles: [{ system: 'hdts' as const, role: 'Ticket Coordinator' }],
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
    roles: [{ system: 'hdts', role: 'Admin' }],
  },
];

export interface PrintedAccount {
  system: System;
  role: string;
  email: string;
  password: string;
}

const printed = (people: readonly PersonSeed[], system: System, role: string, password: string): PrintedAccount => {
  const person = people.find(
    (one) => one.status === 'approved' && one.roles.some((has) => has.system === system && has.role === role),
  );
  if (!person) throw new Error(`No seeded account has the role ${role} in ${system}`);
  return { system, role, email: person.email, password };
};

/** What `npm start` prints and the README lists: one account for each kind of user, in the order of a ticket's way. */
export const printedAccounts: readonly PrintedAccount[] = [
  printed(employeeSeeds, 'hdts', 'Employee', passwords.employee),
  printed(hdtsAccounts, 'hdts', 'Ticket Coordinator', passwords.hdts),
  printed(ttsAccounts, 'tts', 'Admin', passwords.tts),
  printed(ttsAccounts, 'tts', 'Asset Manager', passwords.tts),
  printed(ttsAccounts, 'tts', 'Budget Manager', passwords.tts),
  printed(hdtsAccounts, 'hdts', 'Admin', passwords.hdts),
  ...systemSeeds.map(({ slug }) => printed([systemAdmin(slug)], slug, 'Admin', passwords.systemAdmin)),
];
