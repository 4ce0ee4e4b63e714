import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freshDatabase, freshNamespace, type TestDatabase, testConfig } from '../../tests/stack.ts';
import { until } from '../../tests/until.ts';
import { queues, reconcileWorkflowId, reconcileWorkflowType } from '../../workflows/names.ts';
import { type Context, createContext } from '../context.ts';
import { keepReconciling } from './reconcile-trigger.ts';

let database: TestDatabase;
let context: Context;
const keepers: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  const namespace = await freshNamespace();
  const config = testConfig({ DATABASE_URL: database.url, TEMPORAL_NAMESPACE: namespace, RECONCILE_SECONDS: 1 });
  context = await createContext(config, 'test');
});
afterEach(() => Promise.all(keepers.splice(0).map((keeper) => keeper.stop())));
afterAll(async () => {
  await context.close();
  await database.drop();
});

const keep = () => keepers.push(keepReconciling(context));
const workflow = () => context.temporal.workflow.getHandle(reconcileWorkflowId);
const running = () =>
  until(async () => {
    const { status, runId } = await workflow().describe();
    return status.name === 'RUNNING' && runId;
  });

test('each API process asks for a look when it starts, and all of them share one reconciler', async () => {
  keep();
  const runId = await running();
  keep();
  await until(async () => {
    const { events } = await workflow().fetchHistory();
    return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length === 2;
  });
  expect(await running()).toBe(runId);
});

test('a reconciler of another release gives way to ours, which stays', async () => {
  await until(async () => (await workflow().describe()).status.name === 'RUNNING');
  await workflow().terminate('Make room');
  const older = await context.temporal.workflow.start(reconcileWorkflowType, {
    workflowId: reconcileWorkflowId,
    taskQueue: queues.workflow,
    args: [{ seconds: 300 }],
  });
  keep();
  const ours = await until(async () => {
    const { runId } = await workflow().describe();
    return runId !== older.firstExecutionRunId && runId;
  });
  keep();
  await until(async () => {
    const { events } = await workflow().fetchHistory();
    return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length === 2;
  });
  expect(await running()).toBe(ours);
});

test('a reconciler that is lost while the API lives is started again', async () => {
  keep();
  const lost = await running();
  await workflow().terminate('Lost');
  expect(await running()).not.toBe(lost);
});
