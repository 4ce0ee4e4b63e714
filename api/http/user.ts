import type { Department, System } from '../../workflows/ticket/rules/words.ts';

/** The signed-in user as every handler and policy sees it: who it is, and the roles that auth grants at this moment. */
export interface SessionUser {
  id: number;
  name: string;
  email: string;
  department: Department | null;
  systems: { slug: System; name: string; roles: UserRole[] }[];
}

/** Code compares the key, people read the name. */
export interface UserRole {
  key: string;
  name: string;
}
