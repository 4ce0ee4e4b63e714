import { proxyActivities } from '@temporalio/workflow';
import type { SeedActivities } from '../../activities/seed/seed.activities.ts';
import { queues } from '../names.ts';

// Retries end after a while, so that the person at the progress bar sees that PostgreSQL is down.
const options = {
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '5 seconds', maximumAttempts: 8 },
} as const;

export const atWorkflow = proxyActivities<SeedActivities>({ ...options, taskQueue: queues.workflow });
export const atHelpdesk = proxyActivities<SeedActivities>({ ...options, taskQueue: queues.helpdesk });

/** For activities that wait for another workflow: they poll while roles or people are being synced, and give up at last. */
const patience = {
  ...options,
  retry: { initialInterval: '300 milliseconds', backoffCoefficient: 1.5, maximumInterval: '3 seconds' },
} as const;

export const waitAtWorkflow = proxyActivities<SeedActivities>({
  ...patience,
  taskQueue: queues.workflow,
  scheduleToCloseTimeout: '2 minutes',
});
export const waitAtHelpdesk = proxyActivities<SeedActivities>({
  ...patience,
  taskQueue: queues.helpdesk,
  scheduleToCloseTimeout: '2 minutes',
});
