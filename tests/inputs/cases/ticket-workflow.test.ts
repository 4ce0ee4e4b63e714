import { WorkflowUpdateFailedError } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withDeadline } from '../../../api/temporal/client.ts';
import { ticketWorkflowId } from '../../../workflows/names.ts';
import type { TicketState } from '../../../workflows/ticket/rules/state.ts';
import { act, laptopForm, makeWorld, readTicket, review, submit, type World } from '../../factories.ts';
import { noteFor } from '../../notes.ts';
import { createStages, type Stages } from '../../stages.ts';
import { until } from '../../until.ts';
import { ask } from '../contract.ts';
import { tablesOf, withoutEffect, worldAtRest } from '../effect.ts';
import { openWholeTarget, type Target } from '../target.ts';
import { sql } from './fixture.ts';

let target: Target;
let world: World;
let stages: Stages;

beforeAll(async () => {
  target = await openWholeTarget();
  world = await makeWorld(target);
  stages = createStages(world);
});
afterAll(() => target.close());

const workflowOf = (number: string) => target.context.temporal.workflow.getHandle(ticketWorkflowId(number));
const stateOf = (number: string) => workflowOf(number).query<TicketState>('state');

/** What somebody does who reaches the Temporal server: sends an update by hand. */
const sendByHand = async (number: string, update: string, ...args: unknown[]): Promise<unknown> => {
  const { temporal } = target.context;
  const [first, ...others] = args;
  const send = () =>
    args.length === 0
      ? workflowOf(number).executeUpdate(update)
      : workflowOf(number).executeUpdate<unknown, [unknown, ...unknown[]]>(update, { args: [first, ...others] });
  try {
    return await withDeadline(temporal, send);
  } catch (error) {
    return error;
  }
};

type Sent = [update: string, ...args: unknown[]];
const brief = (sent: Sent): string => JSON.stringify(sent).slice(0, 200);

/** Each is refused, changes nothing, and the workflow goes on living. */
const refuseAll = async (number: string, updates: Sent[]): Promise<void> => {
  const before = await stateOf(number);
  const { tables } = await worldAtRest(target);
  for (const [update, ...args] of updates) {
    const outcome = await sendByHand(number, update, ...args);
    expect(outcome, brief([update, ...args])).toBeInstanceOf(WorkflowUpdateFailedError);
  }
  expect(await tablesOf(target)).toEqual(tables);
  expect(await stateOf(number)).toEqual(before);
  const { status } = await workflowOf(number).describe();
  expect(status.name).toBe('RUNNING');
  const { events = [] } = await workflowOf(number).fetchHistory();
  expect(events?.filter((event) => event.workflowTaskFailedEventAttributes)).toEqual([]);
};

const megabyte = 'x'.repeat(1_000_000);
const none = 2_147_483_647;

test('S-119 an update that was sent by hand is refused unless it is a whole command of somebody who may', async () => {
  const { employee, coordinator, admin, assetManager, budgetManager } = world;
  const note = (ticketNumber: string) =>
    noteFor(target.context.orm.em.fork(), { ticketNumber, authorId: admin.id, text: 'By hand.' });

  const fresh = await stages.new();
  await until(async () => (await stateOf(fresh).catch(() => null)) !== null);
  const held = await stages.triage();
  const { version } = await readTicket(admin, held);
  const good = { kind: 'act', version, actorId: admin.id, transition: 'submit', noteId: await note(held) };
  const open = { kind: 'open', version: 0, actorId: coordinator.id, priority: 'low', department: 'asset' };
  const away = { kind: 'withdraw', version, actorId: employee.id, noteId: await note(held) };
  const take = { kind: 'take', version, actorId: assetManager.id };
  const foreignNote = await note(fresh);

  await refuseAll(fresh, [
    ['open', { ...open, priority: 'urgent' }],
    ['open', { ...open, department: 'hr' }],
    ['open', { ...open, department: { $ne: '' } }],
    ['open', { ...open, version: 1_000 }],
    ['open', { ...open, actorId: null }],
    ['open', { ...open, more: megabyte }],
    ['reject', { kind: 'reject', version: 0, actorId: coordinator.id }],
    ['reject', { kind: 'reject', version: 0, actorId: coordinator.id, noteId: none }],
    ['reject', { kind: 'reject', version: 0, actorId: coordinator.id, noteId: 2 ** 40 }],
    ['act', { ...good, version: 0 }],
    ['take', { ...take, version: 0 }],
    ['close', { kind: 'close', version: 0, actorId: employee.id }],
    ['route', { kind: 'route', version: 0, actorId: admin.id, workflowVersionId: 1 }],
  ]);

  await refuseAll(held, [
    ...['nonsense', 'approve', '', '__proto__', 'toString', 7, null, ['submit'], megabyte].map(
      (transition): Sent => ['act', { ...good, transition }],
    ),
    ...[assetManager.id, employee.id, none, 2 ** 40, 0, -1, 1.5, '1', null, [admin.id]].map(
      (actorId): Sent => ['act', { ...good, actorId }],
    ),
    ...[version - 1, version + 1_000, Number.MAX_SAFE_INTEGER, -1, 0.5, String(version), null].map(
      (other): Sent => ['act', { ...good, version: other }],
    ),
    ...[none, 2 ** 40, foreignNote, 0, '1', null].map((noteId): Sent => ['act', { ...good, noteId }]),
    ['act', { ...good, kind: 'close' }],
    ['act', { ...good, more: megabyte }],
    ['act'],
    ['act', null],
    ['act', 'submit'],
    ['act', [good]],
    ['act', megabyte],
    ...[assetManager.id, budgetManager.id, employee.id, none, admin.id].map(
      (actorId): Sent => ['take', { ...take, actorId }],
    ),
    ['withdraw', { ...away, actorId: admin.id }],
    ['withdraw', { ...away, noteId: none }],
    ['withdraw', { ...away, noteId: foreignNote }],
    ['close', { kind: 'close', version, actorId: employee.id }],
    ['open', { ...open, version }],
    ['route', { kind: 'route', version, actorId: admin.id, workflowVersionId: 1 }],
    ['finalize', { ...good }],
    ['__proto__', { ...good }],
    ['state', { ...good }],
  ]);

  await sql(
    target,
    `update tracking.workflow_definition set published_version = null where category = 'general_request'`,
  );
  const unrouted = await submit(employee, {
    category: 'general_request',
    subject: 'A plant for the hall',
    description: laptopForm.description,
  });
  expect((await review(coordinator, unrouted, 'open', { priority: 'low', department: 'it' })).status).toBe(200);
  const route = { kind: 'route', version: 1, actorId: admin.id, workflowVersionId: none };
  await refuseAll(unrouted, [
    ['route', route],
    ['route', { ...route, workflowVersionId: 2 ** 40 }],
    ['route', { ...route, workflowVersionId: '1' }],
    ['act', { ...good, version: 1 }],
    ['take', { ...take, version: 1 }],
  ]);

  for (const [signal, ...args] of [
    ['membersChanged', megabyte],
    ['nonsense', null],
    ['__proto__'],
    ['act', good],
  ] as Sent[])
    await workflowOf(held).signal(signal, ...args);
  expect((await review(coordinator, fresh, 'open', { priority: 'low', department: 'asset' })).status).toBe(200);
  expect((await act(admin, held, 'submit')).status).toBe(200);
});

test('S-074 a word that is none is refused, and a step that cannot be taken now, too', async () => {
  const { employee, coordinator, admin, assetManager } = world;
  const [fresh, held, closed] = [await stages.new(), await stages.triage(), await stages.closed()];
  const { version } = await readTicket(admin, held);
  const over = await readTicket(employee, closed);
  const ticket = `/api/helpdesk/tickets`;
  const actions = `/api/tracking/tasks/${held}/act`;
  const reason = 'No longer needed.';
  const note = 'All in order.';
  const open = { version: 0, priority: 'high', department: 'asset' };
  const cases: [as: typeof admin, path: string, json: object, status: number, code: string][] = [
    [coordinator, `${ticket}/${fresh}/open`, { ...open, priority: 'HIGH' }, 400, 'invalid_input'],
    [coordinator, `${ticket}/${fresh}/open`, { ...open, department: 'Asset' }, 400, 'invalid_input'],
    [coordinator, `${ticket}/${fresh}/open`, { ...open, version: undefined }, 400, 'invalid_input'],
    [coordinator, `${ticket}/${fresh}/open`, { ...open, version: 7 }, 409, 'version_conflict'],
    [admin, actions, { transition: 'submit', note }, 400, 'invalid_input'],
    [admin, actions, { version, transition: 'submit', note: 7 }, 400, 'invalid_input'],
    [admin, actions, { version, transition: 'Submit', note }, 409, 'not_allowed'],
    [admin, actions, { version, transition: 'finalize', note }, 409, 'not_allowed'],
    [admin, actions, { version, transition: 'approve', note }, 409, 'not_allowed'],
    [admin, actions, { version: version - 1, transition: 'submit', note }, 409, 'version_conflict'],
    [admin, actions, { version: version + 1, transition: 'submit', note }, 409, 'version_conflict'],
    [assetManager, actions, { version, transition: 'submit', note }, 403, 'forbidden'],
    [coordinator, `${ticket}/${held}/open`, { ...open, version }, 409, 'not_allowed'],
    [coordinator, `${ticket}/${held}/reject`, { version, reason }, 409, 'not_allowed'],
    [employee, `${ticket}/${held}/close`, { version }, 409, 'not_allowed'],
    [employee, `${ticket}/${closed}/close`, { version: over.version }, 409, 'not_allowed'],
    [employee, `${ticket}/${closed}/withdraw`, { version: over.version, reason }, 409, 'not_allowed'],
    [coordinator, `${ticket}/${closed}/open`, { ...open, version: over.version }, 409, 'not_allowed'],
    [admin, `/api/tracking/tasks/${closed}/take`, { version: over.version }, 409, 'not_allowed'],
    [admin, `/api/tracking/tasks/${held}/route`, { version, workflowVersionId: 1 }, 409, 'not_allowed'],
    [admin, `/api/tracking/tasks/${held}/route`, { version, workflowVersionId: none }, 404, 'not_found'],
  ];
  await withoutEffect(target, async () => {
    for (const [as, path, json, status, code] of cases)
      expect(await ask(target, { path, json, as }), `${path} ${JSON.stringify(json)}`).toMatchObject({
        status,
        body: { code },
      });
  });
});
