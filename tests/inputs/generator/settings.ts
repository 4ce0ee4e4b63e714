import { z } from 'zod';

const settings = z.object({
  /** The same seed makes the same requests. `random` draws a seed, which is printed. */
  INPUTS_SEED: z
    .union([z.literal('random'), z.coerce.number().int().min(0)])
    .default(1)
    .transform((seed) => (seed === 'random' ? Math.floor(Math.random() * 2 ** 31) : seed)),
  /** Mutated requests for each route. Left out, all routes share a budget; 2000 for a night. */
  INPUTS_PER_ROUTE: z.coerce.number().int().min(1).optional(),
});

const read = settings.parse(process.env);

export const seed = read.INPUTS_SEED;

// A budget of requests and not of time, so that a slow machine sends the same ones. All routes share it: a run takes no
// longer when there are more routes.
const budget = 3_000;

/** How many mutated requests each of so many routes gets. */
export const perRoute = (routes: number): number => read.INPUTS_PER_ROUTE ?? Math.max(1, Math.floor(budget / routes));
