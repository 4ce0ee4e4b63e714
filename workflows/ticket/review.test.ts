import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  act,
  hint,
  openHigh,
  refusalOf,
  rejectIt,
  startWorkflowBench,
  type WorkflowBench,
  withdrawIt,
} from './living-ticket.fixture.ts';
import { stateQuery } from './messages.ts';
import { bystander, pinned } from './ticket.fixture.ts';

const day = 24 * 3_600_000;
const route = { kind: 'route', workflowVersionId: pinned.workflowVersionId, actorId: 2 } as const;

let bench: WorkflowBench;
beforeAll(async () => {
  bench = await startWorkflowBench();
});
afterEach(() => {
  bench.ledger.matching = pinned;
});
afterAll(() => bench.stop());

test('a new ticket waits for a coordinator for weeks, whatever signals arrive', async () => {
  const ticket = await bench.submit();
  await bench.sleepUntil((await bench.now()) + 30 * day);
  await hint(ticket);
  expect(await ticket.handle.query(stateQuery)).toMatchObject({ version: 0, phase: { at: 'review' } });
  expect(await ticket.send(openHigh)).toEqual({ status: 'open', version: 1 });
  expect(ticket.state().phase).toMatchObject({ at: 'step', step: 'check', roleKey: 'admin', assigneeId: 2 });
  expect(ticket.events()).toEqual(['opened', 'routed', 'step_entered']);
});

test('a ticket rejected in review is over, and the coordinator and the note are recorded', async () => {
  const ticket = await bench.submit();
  expect(await ticket.send(rejectIt)).toEqual({ status: 'rejected', version: 1 });
  expect(await ticket.handle.result()).toBe('rejected');
  expect(bench.ledger.changesOf(ticket.number)).toMatchObject([
    { by: { kind: 'reject', actorId: rejectIt.actorId, noteId: 1 } },
  ]);
});

test('only the requester can withdraw a ticket before its review', async () => {
  const ticket = await bench.submit();
  expect((await refusalOf(ticket.send({ ...withdrawIt, actorId: bystander }))).type).toBe('not_allowed');
  expect(await ticket.send(withdrawIt)).toEqual({ status: 'withdrawn', version: 1 });
  expect(await ticket.handle.result()).toBe('withdrawn');
});

test('a ticket that no workflow matches waits, open and unrouted, until an admin chooses one', async () => {
  bench.ledger.matching = null;
  const ticket = await bench.submit();
  expect(await ticket.send(openHigh)).toEqual({ status: 'open', version: 1 });
  expect(ticket.state().phase).toEqual({ at: 'unrouted' });
  await bench.sleepUntil((await bench.now()) + 7 * day);
  await hint(ticket);
  expect((await refusalOf(ticket.send(openHigh))).why).toContain('It waits for an admin to choose a workflow.');
  expect((await refusalOf(ticket.send(act('submit', 2)))).type).toBe('not_allowed');
  expect(await ticket.send(route)).toEqual({ status: 'open', version: 2 });
  expect(ticket.state()).toMatchObject({ workflowVersionId: 7, phase: { at: 'step', step: 'check', assigneeId: 2 } });
  expect(ticket.events()).toEqual(['opened', 'unrouted', 'routed', 'step_entered']);
  expect(await ticket.send(act('submit', 2))).toEqual({ status: 'in_progress', version: 3 });
});

test('an unrouted ticket can be withdrawn', async () => {
  bench.ledger.matching = null;
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  expect(await ticket.send(withdrawIt)).toEqual({ status: 'withdrawn', version: 2 });
  expect(await ticket.handle.result()).toBe('withdrawn');
});

test('the department of the opened ticket decides who owns its steps', async () => {
  const ticket = await bench.submit();
  await ticket.send({ ...openHigh, department: 'budget' });
  await ticket.send(act('submit', 2));
  expect(ticket.state().phase).toMatchObject({ step: 'mend', roleKey: 'budget_manager', assigneeId: 6 });
});

test('Temporal Web finds the ticket by its status, step, role, priority, system and version', async () => {
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  const { typedSearchAttributes } = await ticket.handle.describe();
  const shown = typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]);
  expect(Object.fromEntries(shown)).toEqual({
    TicketStatus: 'open',
    Step: 'Check',
    Role: 'Admin',
    Priority: 'high',
    System: 'tts',
    TicketVersion: '1',
    // Set by Temporal: the patches that this run has passed.
    TemporalChangeVersion: ['activities-in-words'],
  });
});
