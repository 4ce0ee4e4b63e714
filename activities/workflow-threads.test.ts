import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { reconcileNow } from '../api/reconcile.ts';
import { startSystem, type TestSystem } from '../tests/system.ts';
import { until } from '../tests/until.ts';
import { reconcileWorkflowId } from '../workflows/names.ts';
import { temporalLogger } from './temporal-log.ts';

const taskQueue = 'endless';
const tooLong = 'Script execution timed out after 200ms';
/** Events: started, and a task that was scheduled, started and completed. */
const endsWithFirstTask = 4;
const workflowsPath = fileURLToPath(new URL('./endless.fixture.ts', import.meta.url));

let system: TestSystem;
let startWorker: (taskQueue: string) => Promise<{ running: Promise<void>; stop(): Promise<void> }>;
let stop: () => Promise<void>;
beforeAll(async () => {
  system = await startSystem();
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = system.context.config;
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: temporalLogger(system.context.log) });
  const connection = await NativeConnection.connect({ address });
  startWorker = async (taskQueue) => {
    const options = { connection, namespace, taskQueue, workflowBundle, workflowThreadPoolSize: 1 };
    // Five seconds by default; the SDK takes it from its own tests, though its types do not name it.
    const impatient = { ...options, isolateExecutionTimeout: '200 milliseconds' };
    const worker = await Worker.create(impatient);
    const running = worker.run();
    return {
      running,
      async stop() {
        worker.shutdown();
        await running;
      },
    };
  };
  const worker = await startWorker(taskQueue);
  stop = async () => {
    await worker.stop();
    await connection.close();
  };
});
afterAll(async () => {
  await stop();
  await system.close();
});

test('flows run in threads that take down no call stacks, and say so to whoever asks for one', async () => {
  await reconcileNow(system.context);
  const flow = system.context.temporal.workflow.getHandle(reconcileWorkflowId);
  const refusal = await until(() => flow.query('__stack_trace').catch((error: Error) => error));
  expect(String(refusal)).toContain('stack traces are not enabled');
});

const failureOf = async (flow: WorkflowHandle): Promise<string | null | undefined> => {
  const { events } = await flow.fetchHistory();
  return events?.find((event) => event.workflowTaskFailedEventAttributes)?.workflowTaskFailedEventAttributes?.failure
    ?.message;
};

test.each(['endless', 'endlessInPromises'])(
  'a flow that never pauses (%s) fails its task, and its thread serves others',
  async (type) => {
    const { workflow } = system.context.temporal;
    const flow = await workflow.start(type, { taskQueue, workflowId: type });
    expect(await until(() => failureOf(flow).then((failure) => failure ?? null))).toBe(tooLong);
    expect(await workflow.execute('ends', { taskQueue, workflowId: `beside ${type}` })).toBe('ended');
    await flow.terminate();
  },
);

test('a flow that never pauses in a later task ends its worker; with the next one it fails its task alone', async () => {
  const { workflow } = system.context.temporal;
  const queue = 'endless later';
  const first = await startWorker(queue);
  const ended = first.running.catch((error: Error) => error);
  const flow = await workflow.start('endlessLater', { taskQueue: queue, workflowId: queue, workflowTaskTimeout: '2s' });
  await until(async () => (await flow.describe()).historyLength >= endsWithFirstTask);
  await flow.signal('begin');
  expect(String(await ended)).toContain('Workflow Worker Thread exited');

  const second = await startWorker(queue);
  const tries = async () => (await flow.describe()).raw.pendingWorkflowTask?.attempt ?? 0;
  const triesBefore = await tries();
  await until(async () => (await tries()) > triesBefore + 2);
  expect(await workflow.execute('ends', { taskQueue: queue, workflowId: `beside ${queue}` })).toBe('ended');
  await flow.terminate();
  await second.stop();
});

test('what a flow logs is heard, of each of its tasks', async () => {
  const heard = vi.spyOn(system.context.log, 'warn');
  const flow = await system.context.temporal.workflow.start('talks', { taskQueue, workflowId: 'talks' });
  await until(async () => (await flow.describe()).historyLength >= endsWithFirstTask);
  await flow.signal('talk');
  await flow.signal('talk');
  await flow.result();
  const words = heard.mock.calls.map(([, message]) => message);
  expect(words.filter((message) => message?.includes('word'))).toEqual(['first word', 'word 1', 'word 2']);
});
