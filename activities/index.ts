import type { Context } from '../api/context.ts';
import { createNotificationActivities } from './notification/notification.activities.ts';
import { createReconcileActivities } from './reconcile/reconcile.activities.ts';
import { createSeedActivities } from './seed/seed.activities.ts';
import { createSyncActivities } from './sync/sync.activities.ts';
import { createTicketActivities } from './ticket/ticket.activities.ts';

/** Everything that the workflows can ask for, by the name it has in the history. */
export const createActivities = (context: Context) => ({
  ...createTicketActivities(context),
  ...createNotificationActivities(context),
  ...createSyncActivities(context),
  ...createReconcileActivities(context),
  ...createSeedActivities(context),
});
export type Activities = ReturnType<typeof createActivities>;
