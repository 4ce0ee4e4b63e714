import type { Context } from '../api/context.ts';
import { alsoInWords } from '../workflows/ticket/activity-words.ts';
import { createNotificationActivities } from './notification/notification.activities.ts';
import { createReconcileActivities } from './reconcile/reconcile.activities.ts';
import { createSeedActivities } from './seed/seed.activities.ts';
import { createSyncActivities } from './sync/sync.activities.ts';
import { createTicketActivities } from './ticket/ticket.activities.ts';

/** All activities, each by the type that it has in the histories of workflows. */
export const createActivities = (context: Context) => ({
  ...alsoInWords(createTicketActivities(context)),
  ...createNotificationActivities(context),
  ...createSyncActivities(context),
  ...createReconcileActivities(context),
  ...createSeedActivities(context),
});
export type Activities = ReturnType<typeof createActivities>;
