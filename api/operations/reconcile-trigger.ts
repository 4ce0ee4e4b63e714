import { queues, reconcileWorkflowId, reconcileWorkflowType } from '../../workflows/names.ts';
import { lookNow, type ReconcileSettings } from '../../workflows/reconcile/messages.ts';
import type { Context } from '../context.ts';
import { withDeadline } from '../temporal/client.ts';
import { repeatEvery } from './repeat.ts';

const workflow = {
  workflowId: reconcileWorkflowId,
  taskQueue: queues.workflow,
  workflowIdConflictPolicy: 'USE_EXISTING',
  workflowTaskTimeout: '5 seconds',
  staticSummary: 'Holds PostgreSQL and Temporal together',
} as const;

const settingsOf = ({ config }: Pick<Context, 'config'>): ReconcileSettings => ({ seconds: config.RECONCILE_SECONDS });

/** Makes the reconciler compare at once, with the settings of this process; starts it where it does not run. */
export const reconcileNow = async (context: Pick<Context, 'config' | 'temporal'>): Promise<void> => {
  const { temporal } = context;
  const settings = settingsOf(context);
  await withDeadline(temporal, () =>
    temporal.workflow.signalWithStart(reconcileWorkflowType, {
      ...workflow,
      args: [settings],
      signal: lookNow,
      signalArgs: [settings],
    }),
  );
};

/** Starts the reconciler where Temporal has lost it, with everything else; one that runs is left alone. */
const ensure = async (context: Pick<Context, 'config' | 'temporal'>): Promise<void> => {
  const { temporal } = context;
  const args = [settingsOf(context)];
  await withDeadline(temporal, () => temporal.workflow.start(reconcileWorkflowType, { ...workflow, args }));
};

// Often: it costs one call, and until it runs nobody finds out what Temporal has lost.
const longestSecondsBetween = 15;

/** Keeps the reconciler running as long as this process lives: it could be lost with Temporal's data. */
export const keepReconciling = (context: Pick<Context, 'config' | 'temporal' | 'log'>): { stop(): Promise<void> } => {
  const { config, log } = context;
  if (config.RECONCILE_SECONDS === 0) return { stop: async () => undefined };
  let knowsSettings = false;
  const startOrWake = async (): Promise<void> => {
    await (knowsSettings ? ensure(context) : reconcileNow(context));
    knowsSettings = true;
  };
  const everyMs = Math.min(config.RECONCILE_SECONDS, longestSecondsBetween) * 1_000;
  const repetition = repeatEvery(everyMs, startOrWake, (error) =>
    log.warn({ error }, 'reconciler not started yet, trying again'),
  );
  repetition.now();
  return repetition;
};
