import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../tests/until.ts';
import {
  act,
  closeIt,
  hint,
  type LivingTicket,
  openHigh,
  refusalOf,
  resolve,
  startWorkflowBench,
  type WorkflowBench,
} from './living-ticket.fixture.ts';
import { stateQuery } from './messages.ts';
import type { Change } from './rules/change.ts';
import { acted, closed, opened, taken, withdrawn } from './rules/changes.fixture.ts';
import type { TicketState } from './rules/state.ts';
import { markOverdue } from './rules/timed-changes.ts';
import { pinned } from './ticket.fixture.ts';

// A workflow loses its last change when the change is written but the worker dies before it reports to Temporal. Then
// PostgreSQL is ahead of the workflow, and people see PostgreSQL.

let bench: WorkflowBench;
beforeAll(async () => {
  bench = await startWorkflowBench();
});
afterAll(() => bench.stop());

const openedTicket = async (): Promise<LivingTicket> => {
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  return ticket;
};

type LostStep = (state: TicketState, now: number) => Change;

/** Records a change that the workflow does not know about; the assignee is chosen as always. */
const lose = async ({ number }: LivingTicket, step: LostStep): Promise<TicketState> => {
  const now = await bench.now();
  const change = step(bench.ledger.stateOf(number), now);
  return bench.ledger.activities.recordChange({ number, ...change, by: null, at: now });
};

const underId = (change: Change, changeId: string): Change => ({ ...change, state: { ...change.state, changeId } });

const openedHigh: LostStep = (state, now) => opened(state, openHigh, pinned, 'lost', now);
const takenBy3: LostStep = (state) => taken(state, 3, 'lost');
const submittedOn: LostStep = (state, now) => acted(state, pinned, 'submit', 'lost', now);
const done: LostStep = (state, now) => acted(state, pinned, 'done', 'lost', now);

describe('a command for the version that the workflow still has', () => {
  test('is refused as stale, and the workflow continues from the state in PostgreSQL', async () => {
    const ticket = await openedTicket();
    const stands = await lose(ticket, takenBy3);
    expect(await refusalOf(ticket.send({ ...act('submit', 2), version: 1 }))).toEqual({
      type: 'version_conflict',
      why: 'The ticket has changed meanwhile. Look at it again, then decide.',
    });
    expect(await ticket.handle.query(stateQuery)).toEqual(stands);
    expect(await ticket.send(act('submit', 3))).toEqual({ status: 'in_progress', version: 3 });
  });

  test('does not open a ticket a second time', async () => {
    const ticket = await bench.submit();
    const low = { priority: 'low', department: 'budget' } as const;
    await lose(ticket, (state, now) => opened(state, low, pinned, 'lost', now));
    expect((await refusalOf(ticket.send({ ...openHigh, version: 0 }))).type).toBe('version_conflict');
    expect(await ticket.handle.query(stateQuery)).toMatchObject({ version: 1, priority: 'low', phase: { at: 'step' } });
    expect(await ticket.send(act('submit', 2))).toEqual({ status: 'in_progress', version: 2 });
  });

  test('finds that the ticket is over, and the workflow ends with its status', async () => {
    const ticket = await openedTicket();
    await lose(ticket, (state) => withdrawn(state, 'lost'));
    expect((await refusalOf(ticket.send({ ...act('submit', 2), version: 1 }))).type).toBe('version_conflict');
    expect(await ticket.handle.result()).toBe('withdrawn');
  });
});

describe('a command for a newer version than the workflow has makes it catch up and', () => {
  test('is carried out at the same step', async () => {
    const ticket = await openedTicket();
    await lose(ticket, takenBy3);
    expect(await ticket.send(act('submit', 3))).toEqual({ status: 'in_progress', version: 3 });
  });

  test('is carried out at a step that the workflow had not reached', async () => {
    const ticket = await openedTicket();
    await lose(ticket, submittedOn);
    expect(await ticket.send(act('done', 4))).toEqual({ status: 'resolved', version: 3 });
  });

  test('is carried out even when the workflow was still in review', async () => {
    const ticket = await bench.submit();
    await lose(ticket, openedHigh);
    expect(await ticket.send(act('submit', 2))).toEqual({ status: 'in_progress', version: 2 });
  });

  test('is carried out even when several changes were lost', async () => {
    const ticket = await bench.submit();
    await lose(ticket, openedHigh);
    await lose(ticket, submittedOn);
    await lose(ticket, done);
    expect(await ticket.send(closeIt)).toEqual({ status: 'closed', version: 4 });
    expect(await ticket.handle.result()).toBe('closed');
  });

  test('is refused when the ticket’s current state does not allow it', async () => {
    const ticket = await openedTicket();
    await lose(ticket, takenBy3);
    expect((await refusalOf(ticket.send(act('submit', 2)))).type).toBe('not_allowed');
    expect(await ticket.handle.query(stateQuery)).toEqual(ticket.state());
  });

  test('is refused when the ticket has no such version', async () => {
    const ticket = await openedTicket();
    expect(await refusalOf(ticket.send({ ...act('submit', 2), version: 7 }))).toEqual({
      type: 'version_conflict',
      why: 'The ticket has no version 7. Load it again.',
    });
    expect(await ticket.send(act('submit', 2))).toEqual({ status: 'in_progress', version: 2 });
  });
});

describe('a change without a command', () => {
  test('an auto-close finds that the requester has already closed the ticket', async () => {
    const ticket = await bench.submit();
    await resolve(ticket);
    await lose(ticket, (state) => closed(state, 'requester', 'lost'));
    expect(await ticket.handle.result()).toBe('closed');
    expect(ticket.state().changeId).toBe('lost');
  });

  test('a deadline finds the step already left, and the next step keeps its own deadline', async () => {
    const ticket = await openedTicket();
    const { phase } = ticket.state();
    const next = await lose(ticket, submittedOn);
    if (phase.at === 'step') await bench.sleepUntil(phase.dueAt);
    await until(async () => (await ticket.handle.query(stateQuery)).version === 2);
    expect(await ticket.handle.query(stateQuery)).toEqual(next);
    if (next.phase.at === 'step') await bench.sleepUntil(next.phase.dueAt);
    await until(() => ticket.events().includes('overdue'));
    expect(ticket.state()).toMatchObject({ version: 3, phase: { step: 'mend', overdue: true } });
  });

  test('a deadline finds the step already marked, and does not mark it twice', async () => {
    const ticket = await openedTicket();
    const { phase } = ticket.state();
    await lose(ticket, (state) => underId(markOverdue(state), 'lost'));
    if (phase.at === 'step') await bench.sleepUntil(phase.dueAt);
    await until(async () => (await ticket.handle.query(stateQuery)).version === 2);
    expect(ticket.state()).toMatchObject({ version: 2, changeId: 'lost', phase: { overdue: true } });
  });

  test('a signal about members finds the step already reassigned, and keeps the new assignee', async () => {
    const ticket = await openedTicket();
    await lose(ticket, takenBy3);
    bench.ledger.members = { ...bench.ledger.members, admin: [3] };
    await hint(ticket);
    await until(async () => (await ticket.handle.query(stateQuery)).version === 2);
    expect(ticket.state()).toMatchObject({ version: 2, changeId: 'lost', phase: { assigneeId: 3 } });
  });

  test('a signal about members finds the step reassigned to somebody who has left as well', async () => {
    bench.ledger.members = { ...bench.ledger.members, admin: [2, 3] };
    const ticket = await openedTicket();
    await lose(ticket, takenBy3);
    bench.ledger.members = { ...bench.ledger.members, admin: [9] };
    await hint(ticket);
    await until(() => ticket.state().version === 3);
    expect(ticket.state().phase).toMatchObject({ step: 'check', assigneeId: 9 });
    bench.ledger.members = { ...bench.ledger.members, admin: [2, 3] };
  });
});

test('a change whose result is lost is not written twice, and its command is answered', async () => {
  const ticket = await openedTicket();
  let lost = 0;
  bench.ledger.afterWriting = () => {
    lost += 1;
    if (lost === 1) throw new Error('The connection broke after the commit');
  };
  expect(await ticket.send(act('submit', 2))).toEqual({ status: 'in_progress', version: 2 });
  bench.ledger.afterWriting = () => undefined;
  expect(bench.ledger.changesOf(ticket.number)).toHaveLength(2);
});
