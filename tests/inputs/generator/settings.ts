import { z } from 'zod';

const settings = z.object({
  /** The requests of a run: the same seed makes the same ones. `random` draws a seed, which is printed. */
  INPUTS_SEED: z
    .union([z.literal('random'), z.coerce.number().int().min(0)])
    .default(1)
    .transform((seed) => (seed === 'random' ? Math.floor(Math.random() * 2 ** 31) : seed)),
  /** Mutated requests for each route; 2000 at night. */
  INPUTS_PER_ROUTE: z.coerce.number().int().min(300).default(300),
});

const read = settings.parse(process.env);

export const seed = read.INPUTS_SEED;
export const perRoute = read.INPUTS_PER_ROUTE;
