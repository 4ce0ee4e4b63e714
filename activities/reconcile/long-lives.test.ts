import { afterAll, beforeAll, expect, test } from 'vitest';
import { assignRole, revokeRole } from '../../api/auth/roles.service.ts';
import { type Backup, takeBackup } from '../../tests/backup.ts';
import { makeWorld, readTask, type World } from '../../tests/factories.ts';
import { createStages } from '../../tests/stages.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { workflowCode } from '../../workflows/bench.fixture.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { commandUpdate } from '../../workflows/ticket/messages.ts';
import { type RunningWorkers, runWorkers } from '../worker/run-workers.ts';
import { reconcileOnce } from './reconcile-once.fixture.ts';

// A restored database, and a workflow with several runs that has also changed something by itself. Only the limit of a run
// is lowered in the code.

const lowered = (code: string): string => {
  const limit = 'const updatesPerRun = 1500;';
  if (!code.includes(limit)) throw new Error(`The workflow code has no line \`${limit}\` any more: adapt this test`);
  return code.replace(limit, 'const updatesPerRun = 2;');
};

let system: TestSystem;
let workers: RunningWorkers;
let world: World;
let backup: Backup;
let number: string;
let before: object;

const query = <Row extends object>(sql: string, values: unknown[] = []) =>
  system.context.orm.em.fork().execute<Row[]>(sql, values);
const workflow = () => system.context.temporal.workflow.getHandle(ticketWorkflowId(number));

const isRenewed = async (): Promise<boolean> => {
  const { events } = await workflow().fetchHistory();
  return Boolean(events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId);
};

const everything = async () => ({
  ticket: await query(
    'select version, status, workflow_state, assignee_name, role_name, due_at from helpdesk.ticket where number = ?',
    [number],
  ),
  task: await query(
    `select version, state, step_key, role_key, visit, assignee_id, assignee_name, entered_at, due_at
     from tracking.task where number = ?`,
    [number],
  ),
  visits: await query('select * from tracking.visit where number = ? order by visit', [number]),
});

/** Takes the step over and over, so that the workflow continues as new. */
const passAround = async (times: number): Promise<void> => {
  for (let round = 0; round < times; round += 1) {
    const { version, assignee } = await readTask(world.admin, number);
    const actorId = assignee.id === world.admin.id ? other : world.admin.id;
    const args: [{ kind: 'take'; version: number; actorId: number }] = [{ kind: 'take', version, actorId }];
    await until(() =>
      workflow()
        .executeUpdate(commandUpdate('take'), { args })
        .then(
          () => true,
          () => false,
        ),
    );
  }
};

let other: number;

beforeAll(async () => {
  system = await startSystem();
  await system.workers.stop();
  workers = await runWorkers(system.context, { workflowBundle: await workflowCode(lowered) });
  world = await makeWorld(system);
  other = world.assetManager.id;
  const role = { system: 'tts', role: 'admin' } as const;
  await assignRole(system.context.orm.em.fork(), { ...role, userId: other });
  await until(async () => (await query('select 1 from tracking.role_member where active')).length === 4);
  number = await createStages(world).triage();
  await until(async () => (await query('select 1 from outbox')).length === 0);
  backup = await takeBackup(system.context.orm);

  await passAround(5);
  const assignee = (await readTask(world.admin, number)).assignee.id;
  await revokeRole(system.context.orm.em.fork(), { ...role, userId: assignee });
  await until(async () => (await readTask(world.admin, number)).assignee.id !== assignee);
  await until(async () => (await query('select 1 from outbox')).length === 0);
  // A run continues as new when it is idle after a command, not during one.
  await until(isRenewed);
  before = await everything();
  await backup.restore();
  await query(
    `update tracking.role_member set active = false, version = version + 1 where user_id = ? and role_id in
    (select id from tracking.role where key = 'admin')`,
    [assignee],
  );
});
afterAll(async () => {
  await workers?.stop();
  await system?.close();
});

test('the row takes the state of the latest run', async () => {
  expect(await isRenewed()).toBe(true);
  expect(await reconcileOnce(system.context)).toMatchObject({ caughtUp: 1, unresolved: 0, ended: 0 });
  expect(await everything()).toEqual(before);
});

test('each run has the token of its ticket', async () => {
  const [row] = await query<{ token: string }>('select token from helpdesk.ticket where number = ?', [number]);
  expect((await workflow().describe()).memo?.token).toBe(row?.token);
});
