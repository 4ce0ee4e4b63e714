import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcileNow } from '../api/reconcile.ts';
import { startSystem, type TestSystem } from '../tests/system.ts';
import { until } from '../tests/until.ts';
import { reconcileWorkflowId } from '../workflows/names.ts';
import { temporalLogger } from './temporal-log.ts';

const taskQueue = 'endless';
const workflowsPath = fileURLToPath(new URL('./endless.fixture.ts', import.meta.url));

let system: TestSystem;
let stop: () => Promise<void>;
beforeAll(async () => {
  system = await startSystem();
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = system.context.config;
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: temporalLogger(system.context.log) });
  const connection = await NativeConnection.connect({ address });
  const options = { connection, namespace, taskQueue, workflowBundle, workflowThreadPoolSize: 1 };
  // Five seconds by default; the SDK takes it from its own tests, though its types do not name it.
  const impatient = { ...options, isolateExecutionTimeout: '200 milliseconds' };
  const worker = await Worker.create(impatient);
  const running = worker.run();
  stop = async () => {
    worker.shutdown();
    await running;
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

test.each(['endless', 'endlessInPromises'])(
  'a flow that never pauses (%s) fails its task, and its thread serves others',
  async (type) => {
    const { workflow } = system.context.temporal;
    const flow = await workflow.start(type, { taskQueue, workflowId: type });
    const failures = await until(async () => {
      const { events } = await flow.fetchHistory();
      const failed = events?.flatMap((event) => event.workflowTaskFailedEventAttributes ?? []) ?? [];
      return failed.length > 0 && failed;
    });
    expect(failures[0]?.failure?.message).toBe('Script execution timed out after 200ms');
    expect(await workflow.execute('ends', { taskQueue, workflowId: `beside ${type}` })).toBe('ended');
    await flow.terminate();
  },
);
