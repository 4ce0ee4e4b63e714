import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowHandle } from '@temporalio/client';
import { withDeadline } from '../../api/temporal/client.ts';
import { queues } from '../../workflows/names.ts';
import type { SeedArgs, SeedProgress, SeedReport } from '../../workflows/seed/messages.ts';
import { type SeedCommand, seedWorkflowId, seedWorkflowType } from '../../workflows/seed/names.ts';

/** Who watches a seeding. */
export interface Watcher {
  progress(progress: SeedProgress): void;
  /** Something that holds it up. Each is said once. */
  say(text: string): void;
}

type SeedWorkflow = (args: SeedArgs) => Promise<SeedReport>;

export interface Started {
  handle: WorkflowHandle<SeedWorkflow>;
  /** True when it was running already, perhaps with other options. */
  joined: boolean;
}

/** Starts a seed command, or joins the one that runs: two at once would only wait for each other. */
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
        staticSummary: `Seeding: ${command}`,
      }),
    );
    return { handle, joined: false };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { handle: client.workflow.getHandle<SeedWorkflow>(workflowId), joined: true };
  }
};

const lookEvery = 200;
const patienceMs = 4_000;

/** Why an activity is being tried again, where one is. */
const heldUpBy = async (handle: WorkflowHandle<SeedWorkflow>): Promise<string | null> => {
  const { raw } = await handle.describe();
  const failing = raw.pendingActivities?.find((activity) => (activity.attempt ?? 1) > 1 && activity.lastFailure);
  if (failing?.lastFailure?.timeoutFailureInfo) return 'the worker that had the work has not been heard of.';
  return failing?.lastFailure?.message ?? null;
};

/** Shows the watcher the progress until the seeding is over. @throws WorkflowFailedError with what the activity said. */
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
  // The caller hears of a failure through `result`; this one only ends the waiting.
  const settled = result.then(
    () => undefined,
    () => undefined,
  );
  let lastAnswer = Date.now();
  for (let look = 0; !over; look += 1) {
    await Promise.race([settled, sleep(lookEvery)]);
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
    const why = look % 5 === 4 ? await heldUpBy(handle) : null;
    if (why) sayOnce(`Trying again: ${why}`);
  }
  return result;
};

/** Null while no worker answers; whether that matters shows when it lasts. */
const ask = async (client: Client, handle: WorkflowHandle<SeedWorkflow>): Promise<SeedProgress | null> => {
  try {
    return await client.withDeadline(Date.now() + 1_000, () => handle.query<SeedProgress>('progress'));
  } catch {
    return null;
  }
};
