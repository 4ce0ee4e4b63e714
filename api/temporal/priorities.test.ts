import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { installRuntime, runWorkers } from '../../activities/worker/run-workers.ts';
import { firstTasksOf } from '../../tests/bench/rows/histories.ts';
import { freshDatabase, freshNamespace, type TestDatabase, testConfig } from '../../tests/stack.ts';
import { type Context, createContext } from '../context.ts';
import { ticketWorkflow } from '../helpdesk/ticket-workflow.ts';
import { priorities } from './priorities.ts';
import { startWorkflow } from './start-workflow.ts';

// What Temporal gives to the workers first, when much has been started and none was there.

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await freshDatabase();
  context = await createContext(
    testConfig({ DATABASE_URL: database.url, TEMPORAL_NAMESPACE: await freshNamespace(), WORKER_QUEUES: ['workflow'] }),
    'test',
  );
  installRuntime(context.log);
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

const start = async (requesterId: number, place: number, priority = ticketWorkflow(factsOf(0, 0)).priority) => {
  const wanted = { ...ticketWorkflow(factsOf(requesterId, place)), priority, token: randomUUID() };
  await startWorkflow(context.temporal, wanted);
  return wanted.workflowId;
};
const factsOf = (requesterId: number, place: number) => ({
  number: `TX20261129${String(requesterId * 1_000 + place).padStart(6, '0')}`,
  category: 'general_request' as const,
  subCategory: null,
  requesterId,
});

test('what somebody waits for goes first, and a newcomer does not stand behind all of a flood', async () => {
  const flood = await Promise.all(Array.from({ length: 60 }, (_, place) => start(1, place)));
  const newcomer = await start(2, 0);
  const awaited = await start(3, 0, priorities.awaited);
  const workers = await runWorkers(context, { workflowBundle: { codePath: inject('workflowBundlePath') } });
  try {
    const tasks = await firstTasksOf(context.temporal, [...flood, newcomer, awaited]);
    const order = [...tasks].toSorted(([, a], [, b]) => a.started - b.started).map(([id]) => id);
    expect(order.indexOf(awaited)).toBeLessThan(20);
    expect(order.indexOf(newcomer)).toBeLessThan(45);
  } finally {
    await workers.stop();
  }
});
