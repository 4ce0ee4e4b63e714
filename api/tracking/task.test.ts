import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMoves, type Desk, type Moves, makeStaff, openDesk } from '../../tests/desk.ts';
import { type Actor, readTask, submit, type World } from '../../tests/factories.ts';
import { forms } from '../helpdesk/form.fixture.ts';

let desk: Desk;
let moves: Moves;
let world: World;
let number: string;

beforeAll(async () => {
  desk = await openDesk();
  moves = createMoves(desk);
  world = await makeStaff(desk);
});
afterAll(() => desk.close());
beforeEach(async () => {
  number = await submit(world.employee, forms.asset_check_out);
  await moves.open(number, { actorId: world.coordinator.id });
});

const actionsOf = async (actor: Actor) => {
  const { actions } = await readTask(actor, number);
  return Object.fromEntries(actions.map((action: { key: string; why: string | null }) => [action.key, action.why]));
};

describe('a ticket at the desk', () => {
  test('shows its steps, the instructions and where each action leads', async () => {
    const task = await readTask(world.admin, number);
    expect(task).toMatchObject({
      ...{
        number,
        status: 'open',
        state: 'held',
        step: 'Triage',
        roleKey: 'admin',
        role: 'Admin',
        visit: 1,
        overdue: false,
      },
      workflow: { name: 'Asset Check Out Workflow', version: 1 },
      assignee: { id: world.admin.id },
      progress: { steps: ['Triage', 'Resolve', 'Finalize'], at: 0 },
      ticket: { number, version: 1, form: { serial: forms.asset_check_out.serial } },
    });
    expect(task.instruction).toMatch(/^Check that the asset is free/);
    expect(task.workflowUrl).toBe(task.ticket.workflowUrl);
    expect(
      task.steps.map((step: { name: string; role: string; state: string }) => [step.name, step.role, step.state]),
    ).toEqual([
      ['Triage', 'Admin', 'now'],
      ['Resolve', 'Asset Manager', 'next'],
      ['Finalize', 'Admin', 'next'],
    ]);
    expect(task.actions).toMatchObject([
      { key: 'submit', direction: 'forward', note: 'optional', leadsTo: 'Goes to Resolve (Asset Manager)' },
      { key: 'take', direction: 'take', note: 'none' },
    ]);
  });

  test('counts the visits to a step and shows the previous assignee', async () => {
    await moves.act(number, 'submit', { actorId: world.admin.id });
    await moves.act(number, 'reject', { actorId: world.assetManager.id });
    const task = await readTask(world.assetManager, number);
    expect(task).toMatchObject({ step: 'Triage', visit: 2, status: 'in_progress', workflowUrl: null });
    expect(task.steps).toMatchObject([
      { name: 'Triage', visits: 2, state: 'now', leftAt: null },
      { name: 'Resolve', visits: 1, state: 'next', assignee: expect.any(String), leftAt: expect.any(String) },
      { name: 'Finalize', visits: 0, state: 'next', assignee: null, enteredAt: null },
    ]);
  });

  test('shows what comes next, and what has already happened', async () => {
    const next = async () => (await readTask(world.admin, number)).next;
    expect(await next()).toMatchObject([
      { what: 'The time is over' },
      { at: null, what: 'Goes to Resolve (Asset Manager)' },
    ]);
    await moves.overdue(number);
    expect(await next()).toMatchObject([{ what: 'The time was over' }, { at: null }]);
    await moves.withdraw(number, { actorId: world.employee.id, text: 'Found one myself.' });
    expect(await readTask(world.admin, number)).toMatchObject({
      state: 'cancelled',
      step: null,
      actions: [],
      next: [],
    });
  });

  test('is missing until it is opened', async () => {
    const fresh = await submit(world.employee);
    const answer = await world.admin.browser.get(`/api/tracking/tasks/${fresh}`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

describe('a blocked action says why, with names', () => {
  test('for somebody of another role', async () => {
    const why = 'This step belongs to the role Admin, which you do not have.';
    expect(await actionsOf(world.assetManager)).toEqual({ submit: why, take: why });
  });

  test('for the assignee, who already holds the step', async () => {
    expect(await actionsOf(world.admin)).toEqual({ submit: null, take: 'You hold this step already.' });
  });

  test('for a colleague, who may take it over first', async () => {
    await desk.context.orm.em
      .fork()
      .execute(`update tracking.task set assignee_id = 0, assignee_name = 'Ana Reyes' where number = ?`, [number]);
    expect(await actionsOf(world.admin)).toEqual({
      submit: 'Ana Reyes holds this step. Take it over to act on it.',
      take: null,
    });
  });
});

describe('an action is refused', () => {
  const act = (actor: Actor, body: object) => actor.browser.post(`/api/tracking/tasks/${number}/act`, body);
  const note = 'All in order.';

  test('to another role with 403, even when version and transition are wrong', async () => {
    const answer = await act(world.budgetManager, { version: 0, transition: 'nonsense', note });
    expect(answer).toMatchObject({
      status: 403,
      body: { detail: 'This step belongs to the role Admin, which you do not have.' },
    });
  });

  test('with an empty note with 400', async () => {
    const answer = await act(world.admin, { version: 1, transition: 'submit', note: ' ' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input', errors: [{ path: 'note' }] } });
  });

  test.each([0, 2, 2_147_483_648, Number.MAX_SAFE_INTEGER])('on version %i with 409', async (version) => {
    const answer = await act(world.admin, { version, transition: 'submit', note });
    expect(answer).toMatchObject({ status: 409, body: { code: 'version_conflict', version: 1 } });
  });

  test('on an old version with the changes since', async () => {
    await moves.act(number, 'submit', { actorId: world.admin.id, text: 'Checked the serial.' });
    await moves.act(number, 'reject', { actorId: world.assetManager.id, text: 'It is not free.' });
    const answer = await act(world.admin, { version: 2, transition: 'submit', note });
    expect(answer).toMatchObject({ status: 409, body: { code: 'version_conflict', version: 3 } });
    expect(answer.body.changes).toMatchObject([
      {
        version: 3,
        actor: { id: world.assetManager.id },
        event: { kind: 'step_done', step: 'Resolve', transition: 'Reject', direction: 'back', note: 'It is not free.' },
      },
      { version: 3, actor: null, event: { kind: 'step_entered', step: 'Triage', visit: 2 } },
      { version: 3, event: { kind: 'assigned', assignee: { id: world.admin.id } } },
    ]);
  });

  test('and leaves no note', async () => {
    const notes = () =>
      desk.context.orm.em.fork().execute('select id from messaging.note where ticket_number = ?', [number]);
    const before = await notes();
    await act(world.admin, { version: 0, transition: 'submit', note });
    await act(world.budgetManager, { version: 1, transition: 'submit', note });
    expect(await notes()).toEqual(before);
  });
});

test('a late command gets the changes since, even when the next step belongs to another role', async () => {
  await moves.act(number, 'submit', { actorId: world.admin.id });
  const command = { version: 1, transition: 'submit', note: 'Checked.' };
  const late = await world.admin.browser.post(`/api/tracking/tasks/${number}/act`, command);
  expect(late).toMatchObject({ status: 409, body: { code: 'version_conflict', version: 2 } });
  const now = await world.admin.browser.post(`/api/tracking/tasks/${number}/act`, { ...command, version: 2 });
  expect(now).toMatchObject({ status: 403, body: { code: 'forbidden' } });
});

test('routing to a workflow that does not exist or is not published gets 404', async () => {
  const rows = await desk.context.orm.em
    .fork()
    .execute(`insert into tracking.workflow_definition (name, category) values ('Draft', 'it_support') returning id`);
  for (const workflowId of [rows[0]?.id, 999, 2_147_483_648]) {
    const answer = await world.admin.browser.post(`/api/tracking/tasks/${number}/route`, {
      version: 1,
      workflowVersionId: workflowId,
    });
    expect(answer).toMatchObject({ status: 404, body: { detail: expect.stringContaining('published workflow') } });
  }
});
