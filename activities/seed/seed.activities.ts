import type { Context } from '../../api/context.ts';
import { createClearSeeds } from './clear.ts';
import { createDefinitionSeeds } from './definitions.ts';
import { createPeopleSeeds } from './people.ts';
import { createTicketSeeds } from './tickets.ts';

/** The activities of the seed commands. Each may run twice, because it finds existing data by natural key. */
export const createSeedActivities = (context: Context) => ({
  ...createPeopleSeeds(context),
  ...createDefinitionSeeds(context),
  ...createTicketSeeds(context),
  ...createClearSeeds(context),
});
export type SeedActivities = ReturnType<typeof createSeedActivities>;
