import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities } from '../../activities/reconcile/reconcile.activities.ts';

// Without an end: whatever is away must come back before anything can be put right.
export const reconciling = proxyActivities<ReconcileActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});
