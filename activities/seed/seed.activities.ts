import type { Context } from '../../api/context.ts';
import { createClearSeeds } from './clear.ts';
import { createDefinitionSeeds } from './definitions.ts';
import { createPeopleSeeds } from './people.ts';
import { createTicketSeeds } from './tickets.ts';

/** What the seed commands do. All of it may run twice: it finds what is there by its natural key. */
export const createSeedActivities = (context: Context) => ({
  ...createPeopleSeeds(context),
  ...createDefinitionSeeds(context),
  ...createTicketSeeds(context),
  ...createClearSeeds(context),
});
export type SeedActivities = ReturnType<typeof createSeedActivities>;
