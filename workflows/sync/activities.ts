import { proxyActivities } from '@temporalio/workflow';
import type { SyncActivities } from '../../activities/sync/sync.activities.ts';

const patience = {
  // Thousands of tickets may wait for a role, and each gets a signal. The heartbeat detects a dead worker after ten seconds.
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10 seconds',
  // After a day of failures the workflow fails, so that it shows as failed in Temporal Web.
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
} as const;

export const { syncRole } = proxyActivities<SyncActivities>({ ...patience, summary: 'Role to ticket tracking' });

export const { syncRoleMember } = proxyActivities<SyncActivities>({
  ...patience,
  summary: 'Member to ticket tracking',
});

export const { syncPerson } = proxyActivities<SyncActivities>({ ...patience, summary: 'Person to the help desk' });
