import { WorkflowNotFoundError } from '@temporalio/client';
import { queues, reconcileWorkflowId, reconcileWorkflowType } from '../../workflows/names.ts';
import { lookNow, type ReconcileSettings, reconcileVersion, versionMemo } from '../../workflows/reconcile/messages.ts';
import type { Context } from '../context.ts';
import { endIfRunning, withDeadline } from '../temporal/client.ts';
import { repeatEvery } from './repeat.ts';

const workflow = {
  workflowId: reconcileWorkflowId,
  taskQueue: queues.workflow,
  workflowIdConflictPolicy: 'USE_EXISTING',
  workflowTaskTimeout: '5 seconds',
  memo: { [versionMemo]: reconcileVersion },
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

/** Lets the reconciler look at once, with the settings of this process; starts it where it does not run. */
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

/** Leaves one of this release that runs alone; where Temporal has lost it, with everything else, it begins with a look. */
const ensure = async (context: Pick<Context, 'config' | 'temporal'>): Promise<void> => {
  const { temporal } = context;
  const args = [settingsOf(context)];
  await endOther(context);
  await withDeadline(temporal, () => temporal.workflow.start(reconcileWorkflowType, { ...workflow, args }));
};

// Often: it costs one call, and until it runs nobody finds out what Temporal has lost.
const mostSecondsBetween = 15;

/** Sees to it that the reconciler runs, as long as this process lives: it could have been lost with Temporal's data. */
export const keepReconciling = (context: Pick<Context, 'config' | 'temporal' | 'log'>): { stop(): Promise<void> } => {
  const { config, log } = context;
  if (config.RECONCILE_SECONDS === 0) return { stop: async () => undefined };
  let asked = false;
  const turn = async (): Promise<void> => {
    await (asked ? ensure(context) : reconcileNow(context));
    asked = true;
  };
  const turns = repeatEvery(Math.min(config.RECONCILE_SECONDS, mostSecondsBetween) * 1_000, turn, (error) =>
    log.warn({ error }, 'reconciler not started yet, trying again'),
  );
  turns.now();
  return turns;
};
