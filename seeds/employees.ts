import type { Department } from '../workflows/ticket/rules/words.ts';
import type { AccountStatus, PersonSeed } from './person.ts';

const employee = (
  place: number,
  firstName: string,
  lastName: string,
  department: Department,
  status: AccountStatus = 'approved',
  suffix?: PersonSeed['suffix'],
): PersonSeed => ({
  email: `${firstName}.${lastName}@example.com`.toLowerCase(),
  firstName,
  lastName,
  ...(suffix ? { suffix } : {}),
  department,
  status,
  phone: `+63917400000${place}`,
  roles: [{ system: 'hdts', role: 'employee' }],
});

/** The employees of the base data. One is waiting for approval, and one was rejected. */
export const employeeSeeds: readonly PersonSeed[] = [
  employee(1, 'Clara', 'Duarte', 'it'),
  employee(2, 'Samuel', 'Adeyemi', 'asset'),
  employee(3, 'Owen', 'Castillo', 'it', 'approved', 'Jr.'),
  employee(4, 'Yuki', 'Tanabe', 'budget'),
  employee(5, 'Rafael', 'Santos', 'asset', 'pending'),
  employee(6, 'Aisha', 'Rahman', 'it'),
  employee(7, 'Lena', 'Hoffmann', 'budget', 'approved', 'II'),
  employee(8, 'Felix', 'Moreau', 'it', 'rejected'),
];
