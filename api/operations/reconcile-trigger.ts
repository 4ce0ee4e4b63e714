import { WorkflowNotFoundError } from '@temporalio/client';
import { queues, reconcileWorkflowId, reconcileWorkflowType } from '../../workflows/names.ts';
import { lookNow, type ReconcileSettings, reconcileVersion, versionMemo } from '../../workflows/reconcile/messages.ts';
import type { Context } from '../context.ts';
import { withDeadline } from '../temporal/client.ts';
import { priorities } from '../temporal/priorities.ts';
import { endIfRunning } from '../temporal/start-workflow.ts';
import { repeatEvery } from './repeat.ts';

const workflow = {
  workflowId: reconcileWorkflowId,
  taskQueue: queues.workflow,
  workflowIdConflictPolicy: 'USE_EXISTING',
  workflowTaskTimeout: '5 seconds',
  memo: { [versionMemo]: reconcileVersion },
  priority: { priorityKey: priorities.bulk },
  staticSummary: 'Holds PostgreSQL and Temporal together',
} as const;

const settingsOf = ({ config }: Pick<Context, 'config'>): ReconcileSettings => ({ seconds: config.RECONCILE_SECONDS });

/** Ends a reconciler of another release: its history does not go on under this release's code. */
const endOther = async ({ temporal }: Pick<Context, 'temporal'>): Promise<void> => {
  try {
    const { runId, memo } = await withDeadline(temporal, () =>
      temporal.workflow.getHandle(reconcileWorkflowId).describe(),
    );
    if (memo?.[versionMemo] === reconcileVersion) return;
    // This run and no other: another process may have put ours into its place meanwhile.
    const run = { workflowId: reconcileWorkflowId, runId };
    await withDeadline(temporal, () =>
      endIfRunning(temporal, run, 'The reconciler of another release takes its place.'),
    );
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
};

/** Makes the reconciler compare at once, with the settings of this process; starts it where it does not run. */
export const reconcileNow = async (context: Pick<Context, 'config' | 'temporal'>): Promise<void> => {
  const { temporal } = context;
  const settings = settingsOf(context);
  await endOther(context);
  await withDeadline(temporal, () =>
    temporal.workflow.signalWithStart(reconcileWorkflowType, {
      ...workflow,
      args: [settings],
      signal: lookNow,
      signalArgs: [settings],
    }),
  );
};

/** Starts the reconciler where Temporal has lost it, with everything else; one of this release that runs is left alone. */
const ensure = async (context: Pick<Context, 'config' | 'temporal'>): Promise<void> => {
  const { temporal } = context;
  const args = [settingsOf(context)];
  await endOther(context);
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
