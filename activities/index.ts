import type { Context } from '../api/context.ts';
import { createNotificationActivities } from './notification.ts';
import { createReconcileActivities } from './reconcile.ts';
import { createSeedActivities } from './seed.ts';
import { createSyncActivities } from './sync.ts';
import { createTicketActivities } from './ticket.ts';

/** Everything that the workflows can ask for, by the name it has in the history. */
export const createActivities = (context: Context) => ({
  ...createTicketActivities(context),
  ...createNotificationActivities(context),
  ...createSyncActivities(context),
  ...createReconcileActivities(context),
  ...createSeedActivities(context),
});
export type Activities = ReturnType<typeof createActivities>;
