import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMoves } from '../../tests/desk.ts';
import { makeWorld, review, untilAnswered, type World } from '../../tests/factories.ts';
import { createStages, type Stages } from '../../tests/stages.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { stateQuery } from '../../workflows/ticket/messages.ts';
import { reconcileOnce } from './reconcile-once.fixture.ts';

// Row and workflow of one ticket do not agree, although neither side as a whole was lost.

let system: TestSystem;
let world: World;
let stages: Stages;
const logged = vi.fn();

beforeAll(async () => {
  system = await startSystem();
  world = await makeWorld(system);
  stages = createStages(world);
  vi.spyOn(system.context.log, 'error').mockImplementation(logged);
});
beforeEach(() => logged.mockClear());
afterAll(() => system?.close());

const query = <Row extends object>(sql: string, values: unknown[] = []) =>
  system.context.orm.em.fork().execute<Row[]>(sql, values);
const workflowOf = (number: string) => system.context.temporal.workflow.getHandle(ticketWorkflowId(number));
const versionOfWorkflow = async (number: string) => (await workflowOf(number).query(stateQuery)).version;
const check = () => reconcileOnce(system.context);
const none = { restarted: 0, caughtUp: 0, ended: 0, hinted: 0, unresolved: 0 };

const rowOf = async (number: string) =>
  (
    await query('select version, status, workflow_state as workflow from helpdesk.ticket where number = ?', [number])
  )[0];

/** Changes the row behind the workflow's back, runs the test's work, and restores the row. */
const tampered = async (number: string, change: string, work: () => Promise<void>): Promise<void> => {
  const [row] = await query<{ version: number; workflow: object }>(
    'select version, workflow_state as workflow from helpdesk.ticket where number = ?',
    [number],
  );
  await query(`update helpdesk.ticket set ${change} where number = ?`, [number]);
  try {
    await work();
  } finally {
    await query('update helpdesk.ticket set version = ?, workflow_state = ?::jsonb where number = ?', [
      row?.version,
      JSON.stringify(row?.workflow),
      number,
    ]);
  }
};

test('when both agree there is nothing to do', async () => {
  await stages.triage();
  await stages.closed();
  await until(async () => (await query('select 1 from outbox')).length === 0);
  await query(`update notification.mail set state = 'sent'`);
  expect(await check()).toMatchObject(none);
});

test('a workflow that was ended by hand is started again from its row', async () => {
  const number = await stages.resolve();
  const row = await rowOf(number);
  await workflowOf(number).terminate('By mistake');
  expect(await check()).toMatchObject({ ...none, restarted: 1 });
  expect(await workflowOf(number).query(stateQuery)).toEqual((row as { workflow: object }).workflow);
  expect(await rowOf(number)).toEqual(row);
});

test('a workflow that has lost its last step may still catch up; one that stays behind is started again', async () => {
  const number = await stages.triage();
  await createMoves(system).act(number, 'submit', { actorId: world.admin.id });
  expect(await check()).toMatchObject(none);
  expect(await versionOfWorkflow(number)).toBe(1);
  expect(await check()).toMatchObject({ ...none, restarted: 1 });
  expect(await versionOfWorkflow(number)).toBe(2);
});

test('a workflow that missed the end of its ticket ends like the ticket', async () => {
  const number = await stages.triage();
  await createMoves(system).withdraw(number, { actorId: world.employee.id, text: 'Found one myself.' });
  await check();
  expect(await check()).toMatchObject({ ...none, restarted: 1 });
  expect(await workflowOf(number).result()).toBe('withdrawn');
});

describe('a row that was changed by hand is not trusted:', () => {
  let number: string;
  beforeAll(async () => {
    number = await stages.resolve();
  });

  const isLeftAlone = async (): Promise<void> => {
    const row = await rowOf(number);
    // A row ahead of its workflow may be normal for a moment, so it takes a second check.
    await check();
    expect(await check()).toMatchObject({ ...none, unresolved: 1 });
    expect(await rowOf(number)).toEqual(row);
    expect(await versionOfWorkflow(number)).toBe(2);
    expect(logged).toHaveBeenCalledWith(
      expect.objectContaining({ number, found: expect.any(String), todo: expect.any(String) }),
      expect.stringContaining('ticket and workflow do not agree'),
    );
  };

  test.each([
    [
      'a later version than the timeline has entries for',
      `version = 9, workflow_state = jsonb_set(workflow_state, '{version}', '9')`,
    ],
    [
      'an earlier version, beyond which the timeline goes',
      `version = 1, workflow_state = jsonb_set(workflow_state, '{version}', '1')`,
    ],
    ['a version that is not the one of its state', 'version = 1'],
    ['a state that is not whole', `version = 1, workflow_state = workflow_state - 'phase'`],
    [
      'a state with something else in it',
      `version = 1, workflow_state = workflow_state || '{"version": 1, "admin": true}'`,
    ],
  ])('%s', (_, change) => tampered(number, change, isLeftAlone));
});

describe('a row that is behind its workflow', () => {
  /** Restores the row as in an older backup: the first version, and nothing later. */
  const putBack = async (number: string): Promise<void> => {
    await query('delete from helpdesk.timeline_entry where ticket_number = ? and version = 2', [number]);
    await query('delete from tracking.visit where number = ? and visit = 2', [number]);
    await query(
      `update helpdesk.ticket set version = 1, status = 'open', workflow_state = workflow_state || '{"version": 1, "changeId": "mine", "status": "open"}'
       where number = ?`,
      [number],
    );
  };

  test('takes the workflow’s state', async () => {
    const number = await stages.resolve();
    const row = await rowOf(number);
    await putBack(number);
    expect(await check()).toMatchObject({ ...none, caughtUp: 1 });
    expect(await rowOf(number)).toEqual(row);
    expect(await check()).toMatchObject(none);
  });

  test('takes it even from a workflow that was ended by hand, which is then started again', async () => {
    const number = await stages.resolve();
    const row = await rowOf(number);
    await putBack(number);
    await workflowOf(number).terminate('By mistake');
    expect(await check()).toMatchObject({ ...none, restarted: 1 });
    expect(await rowOf(number)).toEqual(row);
    expect(await workflowOf(number).query(stateQuery)).toEqual((row as { workflow: object }).workflow);
  });
});

test('a number used before the restore goes to the new ticket, with its own workflow', async () => {
  const lost = await stages.triage();
  for (const table of ['helpdesk.ticket', 'tracking.task', 'tracking.visit'])
    await query(`delete from ${table} where number = ?`, [lost]);
  await query('delete from helpdesk.timeline_entry where ticket_number = ?', [lost]);
  await query('delete from helpdesk.ticket_text where number = ?', [lost]);
  await query(`select setval('helpdesk.ticket_digits', last_value - 1) from helpdesk.ticket_digits`);
  const number = await stages.new();
  expect(number).toBe(lost);
  // Until the relay has started the new workflow, the old one still answers.
  const choice = { priority: 'low', department: 'it' };
  const { body } = await untilAnswered(() => review(world.coordinator, number, 'open', choice));
  expect(body).toMatchObject({ version: 1 });
  expect(await versionOfWorkflow(number)).toBe(1);
});
