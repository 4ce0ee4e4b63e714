import type { Department, System } from '../workflows/ticket/rules/words.ts';

export type AccountStatus = 'pending' | 'approved' | 'rejected';

/** An account to seed. The e-mail is the natural key: seeding again finds the same person. */
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
  /** The keys of this person's roles, by system. */
  roles: readonly { system: System; role: string }[];
}

/** The part before the @, or the part after the plus in a plus-address. It is unique among the seeded people. */
export const usernameOf = ({ email }: Pick<PersonSeed, 'email'>): string =>
  email.slice(email.lastIndexOf('+') + 1, email.lastIndexOf('@'));
