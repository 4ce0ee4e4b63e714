import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startProxy } from '../../../tests/proxy.ts';
import { freshDatabase, freshNamespace, type TestDatabase, testConfig } from '../../../tests/stack.ts';
import { until } from '../../../tests/until.ts';
import { type Context, createContext } from '../../context.ts';
import { createTemporalClient } from '../../temporal/client.ts';
import { priorities } from '../../temporal/priorities.ts';
import { startWorkflow } from '../../temporal/start-workflow.ts';
import { enqueue, type WorkflowStart } from './enqueue.ts';
import { OutboxEntry } from './outbox.entity.ts';
import { createRelay, type Relay, type RelayParts } from './relay.ts';

let database: TestDatabase;
let context: Context;
const relays: Relay[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  context = await createContext(
    testConfig({ DATABASE_URL: database.url, TEMPORAL_NAMESPACE: await freshNamespace() }),
    'test',
  );
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await context.orm.em.fork().nativeDelete(OutboxEntry, {});
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

const reallyStart = (entry: WorkflowStart) => startWorkflow(context.temporal, entry);

const openRelay = (start: RelayParts['start'] = reallyStart): Relay => {
  const relay = createRelay({ orm: context.orm, log: context.log, databaseUrl: database.url, start });
  relays.push(relay);
  return relay;
};

const wanted = (): WorkflowStart => ({
  workflowType: 'anything',
  workflowId: `relay-test:${randomUUID()}`,
  taskQueue: 'nobody-polls',
  args: [{ id: 1 }],
  token: randomUUID(),
  priority: priorities.people,
  fairnessKey: 'test',
  summary: 'A test',
});

/** Commits facts whose workflows must start. */
const commit = (starts: WorkflowStart[]): Promise<void> =>
  context.orm.em.fork().transactional(async (em) => {
    for (const start of starts) enqueue(em, start);
  });

const left = () => context.orm.em.fork().count(OutboxEntry);

const runsOf = async (workflowId: string): Promise<number> => {
  const { executions } = await context.temporal.workflowService.listWorkflowExecutions({
    namespace: context.config.TEMPORAL_NAMESPACE,
    query: `WorkflowId = "${workflowId}"`,
  });
  return executions?.length ?? 0;
};

const isRunning = async (workflowId: string): Promise<boolean> =>
  (await context.temporal.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';

test('a committed fact starts its workflow at once, with its summary', async () => {
  openRelay();
  const start = wanted();
  await commit([start]);
  await until(async () => (await left()) === 0);
  const description = await context.temporal.workflow.getHandle(start.workflowId).describe();
  expect(description.type).toBe('anything');
  expect(await description.staticSummary()).toBe('A test');
});

test('a fact that was rolled back starts nothing', async () => {
  const start = wanted();
  const failing = context.orm.em.fork().transactional(async (em) => {
    enqueue(em, start);
    await em.flush();
    throw new Error('the fact was refused');
  });
  await expect(failing).rejects.toThrow('the fact was refused');
  expect(await openRelay().drain()).toBe(0);
  await expect(isRunning(start.workflowId)).rejects.toThrow();
});

test('what was committed while no relay ran is started by the next one', async () => {
  const starts = Array.from({ length: 70 }, wanted);
  await commit(starts);
  openRelay();
  await until(async () => (await left()) === 0);
  for (const start of starts) expect(await isRunning(start.workflowId)).toBe(true);
});

test('a relay that dies between start and delete leaves a row that the next one finds started', async () => {
  const start = wanted();
  await commit([start]);
  let died = false;
  const dying = openRelay(async (entry) => {
    if (died) throw new Error('This relay is dead');
    await reallyStart(entry);
    died = true;
    // The connection goes down with the process, and the transaction with the connection.
    await context.orm.em.fork().execute(
      `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'`,
    );
  });
  await until(() => died);
  await dying.stop();
  expect(await left()).toBe(1);
  await context.orm.em.fork().execute('update outbox set next_try_at = now()');

  openRelay();
  await until(async () => (await left()) === 0);
  await until(async () => (await runsOf(start.workflowId)) === 1);
});

describe('a workflow id that an earlier life of the database has used', () => {
  const workflowOf = ({ workflowId }: WorkflowStart) => context.temporal.workflow.getHandle(workflowId);
  const tokenOfWorkflow = async (start: WorkflowStart) => (await workflowOf(start).describe()).memo?.token;

  test('goes to the fact of today, and the workflow that runs under it is ended', async () => {
    openRelay();
    const earlier = wanted();
    await reallyStart(earlier);
    const { runId } = await workflowOf(earlier).describe();
    const today = { ...earlier, token: randomUUID() };
    await commit([today]);
    await until(async () => (await left()) === 0);
    expect(await tokenOfWorkflow(today)).toBe(today.token);
    const old = await context.temporal.workflow.getHandle(earlier.workflowId, runId).describe();
    expect(old.status.name).toBe('TERMINATED');
  });

  test('goes to the fact of today when its workflow has ended, too', async () => {
    openRelay();
    const earlier = wanted();
    await reallyStart(earlier);
    await workflowOf(earlier).terminate('It has ended');
    const today = { ...earlier, token: randomUUID() };
    await commit([today]);
    await until(async () => (await left()) === 0);
    expect(await tokenOfWorkflow(today)).toBe(today.token);
    expect(await isRunning(today.workflowId)).toBe(true);
  });

  test('is left to a workflow that was started for the same fact, although it has ended', async () => {
    openRelay();
    const start = wanted();
    await reallyStart(start);
    await workflowOf(start).terminate('It has ended');
    await commit([start]);
    await until(async () => (await left()) === 0);
    expect(await isRunning(start.workflowId)).toBe(false);
  });
});

test('while Temporal is away nothing is lost, and everything starts once when it is back', async () => {
  const way = await startProxy(context.config.TEMPORAL_ADDRESS);
  const client = createTemporalClient({ ...context.config, TEMPORAL_ADDRESS: way.address });
  await way.cut();
  let refused = 0;
  const started: string[] = [];
  openRelay(async (entry) => {
    await startWorkflow(client, entry).catch((error) => {
      refused += 1;
      throw error;
    });
    started.push(entry.workflowId);
  });
  const starts = [wanted(), wanted(), wanted()];
  await commit(starts);
  await until(async () => {
    const waiting = await context.orm.em.fork().find(OutboxEntry, {});
    return refused > starts.length && waiting.every(({ lastError }) => lastError !== null);
  });
  expect(await left()).toBe(starts.length);

  await way.open();
  await until(async () => (await left()) === 0);
  expect(started.sort()).toEqual(starts.map((start) => start.workflowId).sort());
  for (const start of starts) expect(await isRunning(start.workflowId)).toBe(true);
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await client.connection.close();
  await way.cut();
});

test('two relays at once start each workflow exactly once', async () => {
  const counts = new Map<string, number>();
  const counting = async (entry: WorkflowStart) => {
    await reallyStart(entry);
    counts.set(entry.workflowId, (counts.get(entry.workflowId) ?? 0) + 1);
  };
  openRelay(counting);
  openRelay(counting);
  const starts = Array.from({ length: 100 }, wanted);
  await Promise.all(starts.map((start) => commit([start])));
  await until(async () => (await left()) === 0);
  expect(counts.size).toBe(100);
  expect([...counts.values()].every((count) => count === 1)).toBe(true);
});

test('a relay whose listening connection was cut hears of new facts again', async () => {
  openRelay();
  await until(async () => {
    const [row] = await context.orm.em.fork().execute<{ cut: number }[]>(
      `select count(pg_terminate_backend(pid))::int as cut from pg_stat_activity
         where datname = current_database() and query = 'listen outbox'`,
    );
    return (row?.cut ?? 0) > 0;
  });
  const start = wanted();
  await commit([start]);
  await until(async () => (await left()) === 0);
  expect(await isRunning(start.workflowId)).toBe(true);
});
