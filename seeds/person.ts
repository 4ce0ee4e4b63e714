import type { Department, System } from '../workflows/ticket/rules/words.ts';

export type AccountStatus = 'pending' | 'approved' | 'rejected';

/** Somebody who signs in. The e-mail is the natural key: seeding it again finds the same person. */
export interface PersonSeed {
  email: string;
  firstName: string;
  middleName?: string;
  lastName: string;
  suffix?: 'Jr.' | 'Sr.' | 'II' | 'III';
  department: Department | null;
  status: AccountStatus;
  /** In the form +639170000001. */
  phone: string;
  /** The keys of the roles this person has, in the systems that know them. */
  roles: readonly { system: System; role: string }[];
}

/** The part before the @; of a plus-address, what follows the plus. No two seeded people have the same. */
export const usernameOf = ({ email }: Pick<PersonSeed, 'email'>): string =>
  email.slice(email.lastIndexOf('+') + 1, email.lastIndexOf('@'));
