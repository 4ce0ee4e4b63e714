import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowHandle } from '@temporalio/client';
import { withDeadline } from '../../api/temporal/client.ts';
import { priorities } from '../../api/temporal/priorities.ts';
import { queues } from '../../workflows/names.ts';
import type { SeedArgs, SeedProgress, SeedReport } from '../../workflows/seed/messages.ts';
import { type SeedCommand, seedWorkflowId, seedWorkflowType } from '../../workflows/seed/names.ts';

/** Shows the progress of a seeding. */
export interface Watcher {
  progress(progress: SeedProgress): void;
  /** Reports a delay. Each one is reported once. */
  say(text: string): void;
}

type SeedWorkflow = (args: SeedArgs) => Promise<SeedReport>;

export interface Started {
  handle: WorkflowHandle<SeedWorkflow>;
  /** True when it was already running, perhaps with other options. */
  joined: boolean;
}

/** Starts a seed command, or joins the running one. */
export const startSeed = async (client: Client, command: SeedCommand, args: SeedArgs): Promise<Started> => {
  const workflowId = seedWorkflowId(command);
  try {
    const handle = await withDeadline(client, () =>
      client.workflow.start<SeedWorkflow>(seedWorkflowType(command), {
        workflowId,
        taskQueue: queues.workflow,
        args: [args],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        priority: { priorityKey: priorities.bulk },
        staticSummary: `Seeding: ${command}`,
      }),
    );
    return { handle, joined: false };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { handle: client.workflow.getHandle<SeedWorkflow>(workflowId), joined: true };
  }
};

const pollMs = 200;
const patienceMs = 4_000;

/** Why an activity is being retried; null when none is. */
const heldUpBy = async (handle: WorkflowHandle<SeedWorkflow>): Promise<string | null> => {
  const { raw } = await handle.describe();
  const failing = raw.pendingActivities?.find((activity) => (activity.attempt ?? 1) > 1 && activity.lastFailure);
  if (failing?.lastFailure?.timeoutFailureInfo) return 'the worker that ran it stopped responding.';
  return failing?.lastFailure?.message ?? null;
};

/** Shows the progress until the seeding is over. @throws WorkflowFailedError with the activity's error. */
export const followSeed = async (
  client: Client,
  handle: WorkflowHandle<SeedWorkflow>,
  watcher: Watcher,
): Promise<SeedReport> => {
  const said = new Set<string>();
  const sayOnce = (text: string): void => {
    if (!said.has(text)) watcher.say(text);
    said.add(text);
  };
  let over = false;
  const result = handle.result().finally(() => {
    over = true;
  });
  // This only ends the wait. The caller gets a failure through `result`.
  const settled = result.then(
    () => undefined,
    () => undefined,
  );
  let lastAnswer = Date.now();
  for (let poll = 0; !over; poll += 1) {
    await Promise.race([settled, sleep(pollMs)]);
    if (over) break;
    const progress = await ask(client, handle);
    if (progress) {
      lastAnswer = Date.now();
      watcher.progress(progress);
    } else if (Date.now() - lastAnswer > patienceMs) {
      sayOnce(
        'No worker answers. Start one: npm start, or node activities/worker.ts. The seeding waits and goes on by itself.',
      );
    }
    const why = poll % 5 === 4 ? await heldUpBy(handle) : null;
    if (why) sayOnce(`Trying again: ${why}`);
  }
  return result;
};

/** The progress; null while no worker answers. A short silence is normal. */
const ask = async (client: Client, handle: WorkflowHandle<SeedWorkflow>): Promise<SeedProgress | null> => {
  try {
    return await client.withDeadline(Date.now() + 1_000, () => handle.query<SeedProgress>('progress'));
  } catch {
    return null;
  }
};
