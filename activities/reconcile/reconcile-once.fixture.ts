import type { Context } from '../../api/context.ts';
import { reconcileNow } from '../../api/operations/reconcile-trigger.ts';
import { until } from '../../tests/until.ts';
import { reconcileWorkflowId } from '../../workflows/names.ts';
import type { Tally } from '../../workflows/reconcile/messages.ts';
import { tallyQuery } from '../../workflows/reconcile/messages.ts';

/** Lets the reconciler check everything once more. Returns what it found and did. */
export const reconcileOnce = async (context: Context): Promise<Tally> => {
  const workflow = context.temporal.workflow.getHandle(reconcileWorkflowId);
  const before = await workflow.query(tallyQuery).catch(() => null);
  await reconcileNow(context);
  const after = await until(async () => {
    const now = await workflow.query(tallyQuery);
    return now.looks > (before?.looks ?? 0) && now;
  });
  return after.last;
};
