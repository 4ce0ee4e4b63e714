import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../../tests/until.ts';
import {
  act,
  hint,
  type LivingTicket,
  openHigh,
  refusalOf,
  resolve,
  startWorkflowBench,
  type WorkflowBench,
  withdrawIt,
} from './living-ticket.fixture.ts';
import { stateQuery } from './messages.ts';
import { bystander } from './ticket.fixture.ts';

const minute = 60_000;
const hour = 60 * minute;
const allMembers = { admin: [2, 3], asset_manager: [4, 5], budget_manager: [6] };
const take = (actorId: number) => ({ kind: 'take', actorId }) as const;

let bench: WorkflowBench;
beforeAll(async () => {
  bench = await startWorkflowBench();
});
afterEach(() => {
  bench.ledger.members = allMembers;
});
afterAll(() => bench.stop());

const openedTicket = async (): Promise<LivingTicket> => {
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  return ticket;
};

const dueAtOf = (ticket: LivingTicket): number => {
  const { phase } = ticket.state();
  return phase.at === 'step' ? phase.dueAt : expect.fail(`The ticket is at ${phase.at}`);
};

const marks = (ticket: LivingTicket): number => ticket.events().filter((kind) => kind === 'overdue').length;

test('a step is marked overdue once, at its deadline and not a minute before', async () => {
  const ticket = await openedTicket();
  const dueAt = dueAtOf(ticket);
  expect(dueAt).toBeGreaterThan((await bench.now()) + hour);
  await bench.sleepUntil(dueAt - minute);
  expect((await ticket.handle.query(stateQuery)).phase).toMatchObject({ overdue: false });
  await bench.sleepUntil(dueAt);
  await until(() => marks(ticket) === 1);
  expect(bench.ledger.changesOf(ticket.number).at(-1)?.at).toBeLessThan(dueAt + minute);
  await bench.sleepUntil(dueAt + 30 * 24 * hour);
  expect(await ticket.handle.query(stateQuery)).toMatchObject({ version: 2, phase: { overdue: true, assigneeId: 2 } });
  expect(marks(ticket)).toBe(1);
});

test('a step that was left in time is not marked, and the next one has its own deadline', async () => {
  const ticket = await openedTicket();
  const first = dueAtOf(ticket);
  await bench.sleepUntil(first - minute);
  await ticket.send(act('submit', 2));
  await bench.sleepUntil(first + minute);
  expect((await ticket.handle.query(stateQuery)).phase).toMatchObject({ step: 'mend', overdue: false });
  const second = dueAtOf(ticket);
  expect(second - first).toBeGreaterThan(5 * hour);
  await bench.sleepUntil(second);
  await until(() => marks(ticket) === 1);
  expect(ticket.state().phase).toMatchObject({ step: 'mend', overdue: true });
});

test('an overdue step can still be done, and going back to an earlier step starts a new deadline', async () => {
  const ticket = await openedTicket();
  await ticket.send(act('submit', 2));
  await bench.sleepUntil(dueAtOf(ticket));
  await until(() => marks(ticket) === 1);
  await ticket.send(act('reject', 4));
  expect(ticket.state()).toMatchObject({ visit: 3, phase: { step: 'check', assigneeId: 2, overdue: false } });
  expect(dueAtOf(ticket)).toBeGreaterThan(await bench.now());
  await ticket.send(act('submit', 2));
  expect(await ticket.send(act('done', 4))).toMatchObject({ status: 'resolved' });
  expect(marks(ticket)).toBe(1);
});

test('a step whose role has no member waits, and the first new member gets it', async () => {
  bench.ledger.members = { ...allMembers, admin: [] };
  const ticket = await openedTicket();
  expect(ticket.state().phase).toMatchObject({ at: 'step', step: 'check', assigneeId: null });
  expect(await refusalOf(ticket.send(act('submit', 2)))).toEqual({
    type: 'not_allowed',
    why: 'No Admin is active yet. Whoever joins the role gets it.',
  });
  await hint(ticket);
  expect(await ticket.handle.query(stateQuery)).toMatchObject({ version: 1, phase: { assigneeId: null } });
  bench.ledger.members = { ...allMembers, admin: [9] };
  await hint(ticket);
  await until(() => ticket.state().version === 2);
  expect(ticket.state().phase).toMatchObject({ step: 'check', assigneeId: 9 });
  expect(await ticket.send(act('submit', 9))).toEqual({ status: 'in_progress', version: 3 });
});

test('a step whose assignee has left the role goes to another member, with the same deadline', async () => {
  const ticket = await openedTicket();
  const dueAt = dueAtOf(ticket);
  await hint(ticket);
  bench.ledger.members = { ...allMembers, admin: [3] };
  await hint(ticket);
  await until(() => ticket.state().version === 2);
  expect(ticket.state().phase).toMatchObject({ step: 'check', assigneeId: 3, dueAt });
  expect((await refusalOf(ticket.send(act('submit', 2)))).why).toContain('Take it over to act on it.');
});

test('a member who takes a step over can act on it, and the former assignee no longer can', async () => {
  const ticket = await openedTicket();
  expect((await refusalOf(ticket.send(act('submit', 3)))).why).toBe(
    'Another Admin holds this step. Take it over to act on it.',
  );
  expect(await ticket.send(take(3))).toEqual({ status: 'open', version: 2 });
  expect((await refusalOf(ticket.send(take(3)))).why).toBe('You hold this step already.');
  expect((await refusalOf(ticket.send(act('submit', 2)))).type).toBe('not_allowed');
  expect(await ticket.send(act('submit', 3))).toEqual({ status: 'in_progress', version: 3 });
});

test('when the requester withdraws a ticket on a step, its deadline is gone', async () => {
  const ticket = await openedTicket();
  const dueAt = dueAtOf(ticket);
  expect((await refusalOf(ticket.send({ ...withdrawIt, actorId: bystander }))).type).toBe('not_allowed');
  expect(await ticket.send(withdrawIt)).toEqual({ status: 'withdrawn', version: 2 });
  expect(await ticket.handle.result()).toBe('withdrawn');
  await bench.sleepUntil(dueAt + hour);
  expect(ticket.events()).toEqual(['opened', 'routed', 'step_entered', 'withdrawn']);
});

test('a recorded change says who did what, with which note, at which workflow time', async () => {
  const before = await bench.now();
  const ticket = await bench.submit();
  await resolve(ticket);
  const changes = bench.ledger.changesOf(ticket.number);
  expect(changes.map(({ by }) => by)).toEqual([
    { kind: 'open', actorId: 20, noteId: null },
    { kind: 'act', actorId: 2, noteId: 1 },
    { kind: 'act', actorId: 4, noteId: 1 },
  ]);
  expect(changes.map(({ state }) => state.version)).toEqual([1, 2, 3]);
  const instants = changes.map(({ at }) => at);
  expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  expect(instants[0]).toBeGreaterThanOrEqual(before);
});
