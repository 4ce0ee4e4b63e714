import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMoves, type Desk, type Moves, makeStaff, openDesk, syncMembers } from '../../tests/desk.ts';
import { type Actor, makeActor, readTask, readTicket, submit, type World } from '../../tests/factories.ts';
import type { Definition } from '../../workflows/ticket/rules/definition.ts';
import { reassign } from '../../workflows/ticket/rules/timed-changes.ts';
import { assignRole, revokeRole } from '../auth/roles.service.ts';
import { forms } from '../helpdesk/form.fixture.ts';
import { needsAssignee, ticketsInWrongHands } from './assign.service.ts';

// Nobody decides about their own ticket, whatever roles they have.

let desk: Desk;
let moves: Moves;
let world: World;
/** An employee who also has the role Admin of the desk. */
let requester: Actor;
let number: string;

const em = () => desk.context.orm.em.fork();
const adminRole = (actor: Actor) => ({ userId: actor.id, system: 'tts', role: 'admin' }) as const;
const onlyTheRequesterIsAdmin = async () => {
  await revokeRole(em(), adminRole(world.admin));
  await syncMembers(desk);
};

beforeAll(async () => {
  desk = await openDesk();
  moves = createMoves(desk);
  world = await makeStaff(desk);
  requester = await makeActor(desk, { hdts: ['Employee', 'Ticket Coordinator'], tts: ['Admin'] });
});
afterAll(() => desk.close());
beforeEach(async () => {
  await assignRole(em(), adminRole(world.admin));
  await assignRole(em(), adminRole(requester));
  await syncMembers(desk);
  number = await submit(requester, forms.asset_check_out);
});

const open = (ticket = number) => moves.open(ticket, { actorId: world.coordinator.id });
const post = (path: string, body: object) => requester.browser.post(path, { version: 1, ...body });
const own = { status: 403, body: { detail: 'You sent this ticket, so somebody else must decide about it.' } };

test('the next member of the role gets the step, each time', async () => {
  for (let times = 0; times < 3; times += 1) {
    const ticket = await submit(requester, forms.asset_check_out);
    expect(await open(ticket)).toMatchObject({ phase: { assigneeId: world.admin.id } });
  }
});

test('where there is none, the step waits, and page and timeline say why', async () => {
  await onlyTheRequesterIsAdmin();
  expect(await open()).toMatchObject({ phase: { assigneeId: null, onlyRequester: true } });
  const task = await readTask(world.assetManager, number);
  expect(task).toMatchObject({ state: 'waiting', onlyRequester: true });
  expect(task.ticket.timeline.at(-1).event).toMatchObject({ kind: 'waiting_for_role', onlyRequester: true });
  const colleague = await makeActor(desk, { tts: ['Admin'] });
  await syncMembers(desk);
  const { actions } = await readTask(colleague, number);
  expect(actions[0].why).toBe('Only the requester is Admin. Whoever else joins the role gets it.');
  await revokeRole(em(), adminRole(colleague));
});

test('the requester cannot act on it, take it over, open, reject or route it', async () => {
  expect(
    await requester.browser.post(`/api/helpdesk/tickets/${number}/open`, {
      version: 0,
      priority: 'low',
      department: 'it',
    }),
  ).toMatchObject(own);
  expect(
    await requester.browser.post(`/api/helpdesk/tickets/${number}/reject`, { version: 0, reason: 'Not needed.' }),
  ).toMatchObject(own);
  expect((await readTicket(requester, number)).actions.open).toMatchObject({ allowed: false, why: own.body.detail });
  await open();
  const path = `/api/tracking/tasks/${number}`;
  expect(await post(`${path}/take`, {})).toMatchObject(own);
  expect(await post(`${path}/act`, { transition: 'submit' })).toMatchObject(own);
  expect(await post(`${path}/route`, { workflowVersionId: 1 })).toMatchObject(own);
  const { actions } = await readTask(requester, number);
  for (const action of actions) expect(action).toMatchObject({ allowed: false, why: own.body.detail });
});

test('nor is it written when such a command reaches the workflow by hand', async () => {
  await open();
  await expect(moves.take(number, requester.id)).rejects.toMatchObject({ type: 'forbidden', message: own.body.detail });
  await expect(moves.act(number, 'submit', { actorId: requester.id })).rejects.toMatchObject({ type: 'forbidden' });
});

test('the requester may withdraw it all the same', async () => {
  await open();
  expect(await moves.withdraw(number, { actorId: requester.id, text: 'Found one.' })).toMatchObject({
    status: 'withdrawn',
  });
});

test('when somebody else joins the role, the ticket goes on; when the reason changes, it is told anew', async () => {
  await onlyTheRequesterIsAdmin();
  const { phase } = await open();
  const needs = async (onlyRequester: boolean) =>
    needsAssignee(em(), 'admin', { assigneeId: null, onlyRequester, barred: requester.id });
  expect(phase).toMatchObject({ onlyRequester: true });
  expect(await needs(true)).toBe(false);
  await revokeRole(em(), adminRole(requester));
  await syncMembers(desk);
  expect(await needs(true)).toBe(true);
  expect(await moves.record(number, reassign)).toMatchObject({ phase: { assigneeId: null, onlyRequester: false } });
  expect((await readTask(world.assetManager, number)).ticket.timeline.at(-1).event).toMatchObject({
    onlyRequester: false,
  });
  await assignRole(em(), adminRole(world.admin));
  await syncMembers(desk);
  expect(await needs(false)).toBe(true);
  expect(await moves.record(number, reassign)).toMatchObject({ phase: { assigneeId: world.admin.id } });
});

test('a ticket that its requester holds since an earlier release is found and goes to somebody else', async () => {
  await open();
  await em().execute('update tracking.task set assignee_id = ? where number = ?', [requester.id, number]);
  expect(await ticketsInWrongHands(em(), '', 100)).toContain(number);
  const held = { assigneeId: requester.id, onlyRequester: false, barred: requester.id };
  expect(await needsAssignee(em(), 'admin', held)).toBe(true);
  expect(await moves.record(number, reassign)).toMatchObject({ phase: { assigneeId: world.admin.id } });
  expect(await ticketsInWrongHands(em(), '', 100)).not.toContain(number);
});

test('a ticket that only its requester could do is not looked at again and again', async () => {
  await onlyTheRequesterIsAdmin();
  await open();
  expect(await ticketsInWrongHands(em(), '', 100)).not.toContain(number);
});

test('a step may allow it, by its definition', async () => {
  await onlyTheRequesterIsAdmin();
  const [version] = await em().execute<{ id: number; definition: Definition }[]>(
    `select v.id, v.definition from tracking.workflow_version v join tracking.workflow_definition d on d.id = v.workflow_definition_id where d.category = 'asset_check_out'`,
  );
  const steps = version?.definition.steps.map((step) => ({ ...step, requesterMayAct: step.key === 'triage' }));
  const store = (definition: object) =>
    em().execute('update tracking.workflow_version set definition = ? where id = ?', [
      JSON.stringify(definition),
      version?.id,
    ]);
  await store({ ...version?.definition, steps });
  try {
    expect(await open()).toMatchObject({ phase: { assigneeId: requester.id } });
    expect(await ticketsInWrongHands(em(), '', 100)).not.toContain(number);
    const { actions } = await readTask(requester, number);
    expect(actions[0]).toMatchObject({ key: 'submit', allowed: true });
    expect(await moves.act(number, 'submit', { actorId: requester.id })).toMatchObject({ phase: { step: 'resolve' } });
  } finally {
    await store(version?.definition ?? {});
  }
});
