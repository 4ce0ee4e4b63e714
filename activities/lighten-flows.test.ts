import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { reconcileNow } from '../api/reconcile.ts';
import { startSystem, type TestSystem } from '../tests/system.ts';
import { until } from '../tests/until.ts';
import { reconcileWorkflowId } from '../workflows/names.ts';
import { flowOptions } from './lighten-flows.ts';
import { temporalLogger } from './temporal-log.ts';

const taskQueue = 'endless';
const tooLong = 'Script execution timed out after 2000ms';
/** Events: started, and a task that was scheduled, started and completed. */
const endsWithFirstTask = 4;
const workflowsPath = fileURLToPath(new URL('./endless.fixture.ts', import.meta.url));

let system: TestSystem;
let bundle: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  system = await startSystem();
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = system.context.config;
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: temporalLogger(system.context.log) });
  const home = await mkdtemp(join(tmpdir(), 'endless-'));
  bundle = join(home, 'bundle.js');
  await writeFile(bundle, code);
  const connection = await NativeConnection.connect({ address });
  const options = { connection, namespace, taskQueue, workflowBundle: { codePath: bundle } };
  const worker = await Worker.create({ ...options, ...flowOptions });
  const running = worker.run();
  stop = async () => {
    worker.shutdown();
    await running;
    await connection.close();
    await rm(home, { recursive: true });
  };
});
afterAll(async () => {
  await stop();
  await system.close();
});

/** A worker that may die. */
const spawnWorker = (queue: string) => {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = system.context.config;
  const file = fileURLToPath(new URL('./endless-worker.fixture.ts', import.meta.url));
  const worker = spawn(process.execPath, [file, address, namespace, queue, bundle], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void worker.kill('SIGKILL'));
  const exited = once(worker, 'exit').then(([, signal]) => signal);
  return { worker, exited, said: text(worker.stdout) };
};

test('flows run where no call stacks are taken down, and say so to whoever asks for one', async () => {
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
  'a flow that never pauses (%s) fails its task, and others are served',
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
  const first = spawnWorker(queue);
  const flow = await workflow.start('endlessLater', { taskQueue: queue, workflowId: queue, workflowTaskTimeout: '2s' });
  await until(async () => (await flow.describe()).historyLength >= endsWithFirstTask);
  await flow.signal('begin');
  expect(await first.exited).toBe('SIGKILL');
  expect(await first.said).toContain('a flow never pauses');

  const second = spawnWorker(queue);
  const tries = async () => (await flow.describe()).raw.pendingWorkflowTask?.attempt ?? 0;
  const triesBefore = await tries();
  await until(async () => (await tries()) > triesBefore + 1);
  expect(await workflow.execute('ends', { taskQueue: queue, workflowId: `beside ${queue}` })).toBe('ended');
  await flow.terminate();
  second.worker.kill('SIGTERM');
  expect(await second.exited).toBe(null);
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
