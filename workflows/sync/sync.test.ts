import { fileURLToPath } from 'node:url';
import { WorkflowNotFoundError } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSyncActivities } from '../../activities/sync/sync.activities.ts';
import { makeUser } from '../../api/auth/people.fixture.ts';
import { assignRole, createRole, revokeRole } from '../../api/auth/roles.service.ts';
import { changeUser } from '../../api/auth/users.service.ts';
import { type Context, createContext } from '../../api/context.ts';
import { createRelay, type Relay } from '../../api/db/outbox/relay.ts';
import { startWorkflow } from '../../api/temporal/start-workflow.ts';
import { freshDatabase, freshNamespace, type TestDatabase, testConfig } from '../../tests/stack.ts';
import { until } from '../../tests/until.ts';
import { queues, syncWorkflowIds, ticketWorkflowId } from '../names.ts';

let database: TestDatabase;
let context: Context;
let relay: Relay;
let stopWorkers: () => Promise<void>;

const em = () => context.orm.em.fork();
const query = <Row>(sql: string, values: unknown[] = []) => em().execute<Row[]>(sql, values);

/** Waits for the workflow to be started first, because another relay of this test may hold its outbox row. */
const resultOf = async (workflowId: string) => {
  const workflow = context.temporal.workflow.getHandle(workflowId);
  await until(() => workflow.describe().then(Boolean, isMissing));
  return workflow.result();
};

const isMissing = (error: unknown): false => {
  if (error instanceof WorkflowNotFoundError) return false;
  throw error;
};

const logger = new DefaultLogger('WARN');

const startWorkers = async (): Promise<() => Promise<void>> => {
  Runtime.install({ logger });
  const connection = await NativeConnection.connect({ address: context.config.TEMPORAL_ADDRESS });
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./sync.fixture.ts', import.meta.url)),
    logger,
  });
  const activities = createSyncActivities(context);
  const namespace = context.config.TEMPORAL_NAMESPACE;
  const workers = await Promise.all(
    [queues.workflow, queues.helpdesk].map((taskQueue) =>
      Worker.create({ connection, namespace, taskQueue, workflowBundle, activities }),
    ),
  );
  const running = workers.map((worker) => worker.run());
  return async () => {
    for (const worker of workers) worker.shutdown();
    await Promise.all(running);
    await connection.close();
  };
};

beforeAll(async () => {
  database = await freshDatabase();
  const config = testConfig({ DATABASE_URL: database.url, TEMPORAL_NAMESPACE: await freshNamespace() });
  context = await createContext(config, 'test');
  relay = createRelay({
    orm: context.orm,
    log: context.log,
    databaseUrl: database.url,
    start: (entry) => startWorkflow(context.temporal, entry),
  });
  stopWorkers = await startWorkers();
});
afterAll(async () => {
  await relay.stop();
  await stopWorkers();
  await context.close();
  await database.drop();
});

const memberRow = (userId: number) =>
  query(
    `select r.name as role, m.name, m.active, m.version from tracking.role_member m
     join tracking.role r on r.id = m.role_id where m.user_id = ?`,
    [userId],
  );

test('a role and its member reach ticket tracking through workflows with the guide’s names', async () => {
  const user = await makeUser(context.orm, { tts: ['Triage'] }, { firstName: 'Ana', lastName: 'Reyes' });
  const { id: roleId } = await createRole(em(), { system: 'tts', name: 'Triage' });
  await relay.drain();
  expect(await resultOf(syncWorkflowIds.role(roleId, 1))).toEqual({ applied: true });
  expect(await resultOf(syncWorkflowIds.userSystemRole(user.id, roleId, 1))).toEqual({ applied: true });
  expect(await memberRow(user.id)).toEqual([{ role: 'Triage', name: 'Ana Reyes', active: true, version: 1 }]);
});

test('revoking a role, restoring it and renaming it are all synced', async () => {
  const user = await makeUser(context.orm, { tts: ['Archive'] });
  const { id: roleId } = await createRole(em(), { system: 'tts', name: 'Archive' });
  const assignment = { userId: user.id, system: 'tts', role: 'archive' } as const;
  await revokeRole(em(), assignment);
  await relay.drain();
  await resultOf(syncWorkflowIds.userSystemRole(user.id, roleId, 2));
  expect(await memberRow(user.id)).toMatchObject([{ active: false, version: 2 }]);
  await assignRole(em(), assignment);
  await changeUser(em(), user.id, { firstName: 'Bea', lastName: 'Cruz' });
  await relay.drain();
  await resultOf(syncWorkflowIds.userSystemRole(user.id, roleId, 4));
  expect(await memberRow(user.id)).toEqual([{ role: 'Archive', name: 'Bea Cruz', active: true, version: 4 }]);
});

test('whoever has an account reaches the help desk, also without a role there', async () => {
  const agent = await makeUser(context.orm, { tts: ['Checker'] });
  const nobody = await makeUser(context.orm);
  await relay.drain();
  const people = 'select user_id, is_employee, is_staff, roles, active from helpdesk.person where user_id = ?';
  for (const { id } of [agent, nobody]) {
    await resultOf(syncWorkflowIds.user(id, 1));
    expect(await query(people, [id])).toEqual([
      { user_id: id, is_employee: false, is_staff: false, roles: [], active: true },
    ]);
  }
  await changeUser(em(), agent.id, { isActive: false });
  await relay.drain();
  await resultOf(syncWorkflowIds.user(agent.id, 2));
  expect(await query(people, [agent.id])).toMatchObject([{ active: false }]);
});

test('employees and staff reach the help desk, each through its own workflow', async () => {
  const employee = await makeUser(context.orm, { hdts: ['Employee'] }, { department: 'it', companyId: 'MA0042' });
  const staff = await makeUser(context.orm, { hdts: ['Ticket Coordinator', 'Admin'] });
  await relay.drain();
  await resultOf(syncWorkflowIds.employee(employee.id, 2));
  await resultOf(syncWorkflowIds.user(staff.id, 3));
  const people = await query<{ user_id: number }>('select * from helpdesk.person where user_id in (?, ?)', [
    employee.id,
    staff.id,
  ]);
  const rowOf = (id: number) => people.find((row) => row.user_id === id);
  expect(rowOf(employee.id)).toMatchObject({
    department: 'it',
    company_id: 'MA0042',
    is_employee: true,
    is_staff: false,
    roles: ['employee'],
    active: true,
  });
  expect(rowOf(staff.id)).toMatchObject({ is_employee: false, is_staff: true, version: 3 });
});

test('tickets that wait for a role get a signal about a new member, and one that is over does no harm', async () => {
  const { id: roleId } = await createRole(em(), { system: 'tts', name: 'Waited for' });
  await relay.drain();
  await resultOf(syncWorkflowIds.role(roleId, 1));
  for (const number of ['TX20261123000001', 'TX20261123000002']) await insertWaitingTask(number, 'waited_for');
  const ticket = await context.temporal.workflow.start('hintedTicket', {
    workflowId: ticketWorkflowId('TX20261123000001'),
    taskQueue: queues.workflow,
  });
  const user = await makeUser(context.orm, { tts: ['Waited for'] });
  await relay.drain();
  expect(await ticket.result()).toBe('hinted');
  expect(await resultOf(syncWorkflowIds.userSystemRole(user.id, roleId, 1))).toEqual({ applied: true });
});

const insertWaitingTask = (number: string, roleKey: string) =>
  query(
    `insert into tracking.task (number, subject, category, department, priority, requester_id, requester_name, status,
       state, step_names, role_key, submitted_at, changed_at, version)
     values (?, 'Printer', 'it_support', 'it', 'low', 1, 'Somebody', 'in_progress', 'waiting', '[]', ?, now(), now(), 1)`,
    [number, roleKey],
  );
