import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assignRole, createRole, revokeRole } from '../../api/auth/roles.service.ts';
import { forms } from '../../api/helpdesk/form.fixture.ts';
import { RoleMember } from '../../api/tracking/members.entity.ts';
import { act, makeWorld, readTask, review, submit, type World } from '../../tests/factories.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { syncWorkflowIds } from '../../workflows/names.ts';
import { hintTickets } from './hint-tickets.ts';
import { doInPages } from './pages.ts';

// Thousands of tickets wait for a role. All get a signal about its first member, and no history grows with their number.

const others = 5_000;

let system: TestSystem;
let world: World;
beforeAll(async () => {
  system = await startSystem();
  world = await makeWorld(system);
});
afterAll(() => system.close());

const em = () => system.context.orm.em.fork();

/** Inserts tickets that come first by number and whose workflows have ended. */
const insertOthers = async (): Promise<void> => {
  await em().execute(
    `insert into tracking.task (number, subject, category, department, priority, requester_id, requester_name, status,
       state, step_names, role_key, submitted_at, changed_at, version)
     select 'TX2020' || lpad(n::text, 10, '0'), 'Printer', 'budget_proposal', 'budget', 'low', 1, 'Somebody', 'in_progress',
       'waiting', '[]', 'budget_manager', now(), now(), 1 from generate_series(1, ${others}) n`,
  );
};

const waiting = async (): Promise<string> => {
  const number = await submit(world.employee, forms.budget_proposal);
  const opened = await review(world.coordinator, number, 'open', { priority: 'high', department: 'budget' });
  expect(opened.status, JSON.stringify(opened.body)).toBe(200);
  expect((await act(world.admin, number, 'submit')).status).toBe(200);
  expect(await readTask(world.admin, number)).toMatchObject({ state: 'waiting' });
  return number;
};

test('the last of five thousand waiting tickets gets the new member, and the history of the sync stays short', async () => {
  const role = { userId: world.budgetManager.id, system: 'tts', role: 'budget_manager' } as const;
  await revokeRole(em(), role);
  await until(async () => (await em().count(RoleMember, { userId: role.userId, active: true })) === 0);
  const numbers = [await waiting(), await waiting(), await waiting()];
  await insertOthers();
  await assignRole(em(), role);
  for (const number of numbers)
    await until(async () => (await readTask(world.admin, number)).assignee?.id === role.userId);
  const { id: roleId } = await createRole(em(), { system: 'tts', name: 'Budget Manager' });
  const sync = system.context.temporal.workflow.getHandle(syncWorkflowIds.userSystemRole(role.userId, roleId, 3));
  expect(await sync.result()).toEqual({ applied: true });
  const { events } = await sync.fetchHistory();
  expect(events?.length).toBeLessThan(20);
  expect(JSON.stringify(events).length).toBeLessThan(20_000);
});

/** An activity that counts the ended workflows and its heartbeats. */
const counted = (heartbeatDetails?: unknown) => {
  const seen = { ended: 0, beats: [] as { place: number; after?: string }[] };
  const logger = new DefaultLogger('INFO', ({ message }) => {
    if (message.startsWith('ticket needs no signal')) seen.ended += 1;
  });
  const env = new MockActivityEnvironment({ heartbeatDetails }, { logger });
  env.on('heartbeat', (details: { place: number; after?: string }) => seen.beats.push(details));
  const run = () =>
    env.run(() => doInPages([hintTickets(system.context, { roleKey: 'budget_manager', userId: null })]));
  return { env, seen, run };
};

test('a worker that dies has signalled whole pages, and the next one continues after them', async () => {
  const dying = counted({ place: 0, after: 'TX20200000004500' });
  dying.env.on('heartbeat', ({ after }: { after?: string }) => {
    if (after !== undefined && after >= 'TX20200000004700') dying.env.cancel('WORKER_SHUTDOWN');
  });
  await expect(dying.run()).rejects.toThrow();
  expect(dying.seen.ended).toBe(200);
  const heir = counted(dying.seen.beats.at(-1));
  await heir.run();
  expect(heir.seen.ended).toBe(300);
});
