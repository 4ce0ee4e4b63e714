import { z } from 'zod';
import { departments, systems } from '../../workflows/ticket/rules/words.ts';

/** Addresses are stored and compared in one form. */
export const emailAddress = z
  .string()
  .max(254, 'An e-mail address has at most 254 characters.')
  .transform((value) => value.normalize('NFC').trim().toLowerCase())
  .pipe(z.email('This is not an e-mail address.'));

export const password = z.string().min(1, 'Fill this in.').max(128, 'Use at most 128 characters.');

export const signInBody = z.strictObject({ email: emailAddress, password });
export type SignInBody = z.infer<typeof signInBody>;

/** Pages compare the key and show the name. */
export const userRole = z.object({ key: z.string(), name: z.string() });

export const userSystem = z.object({ slug: z.enum(systems), name: z.string(), roles: z.array(userRole) });

/** The signed-in user and their roles. */
export const me = z.object({
  user: z.object({
    id: z.int(),
    name: z.string(),
    email: z.string(),
    department: z.enum(departments).nullable(),
  }),
  systems: z.array(userSystem),
});
export type Me = z.infer<typeof me>;

/** The signed-in user; null when nobody is signed in. */
export const session = z.object({ me: me.nullable() });
