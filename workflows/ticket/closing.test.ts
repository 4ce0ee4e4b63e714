import { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../tests/until.ts';
import {
  closeIt,
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

let bench: WorkflowBench;
beforeAll(async () => {
  bench = await startWorkflowBench();
});
afterAll(() => bench.stop());

const resolvedTicket = async () => {
  const ticket = await bench.submit();
  await resolve(ticket);
  const { phase } = ticket.state();
  if (phase.at !== 'resolved') throw new Error(`The ticket is at ${phase.at}`);
  return { ticket, closesAt: phase.closesAt };
};

test('a resolved ticket closes by itself after 72 hours and not a minute before', async () => {
  const before = await bench.now();
  const { ticket, closesAt } = await resolvedTicket();
  expect(closesAt - before).toBeGreaterThanOrEqual(72 * hour);
  await bench.sleepUntil(closesAt - minute);
  expect((await ticket.handle.query(stateQuery)).status).toBe('resolved');
  expect(ticket.events()).not.toContain('closed');
  expect(await ticket.handle.result()).toBe('closed');
  const last = bench.ledger.changesOf(ticket.number).at(-1);
  expect(last).toMatchObject({ events: [{ kind: 'closed', by: 'time' }], by: null });
  expect(last?.at).toBeGreaterThanOrEqual(closesAt);
  expect(last?.at).toBeLessThan(closesAt + minute);
});

test('when the requester closes the ticket, the deadline is gone', async () => {
  const { ticket, closesAt } = await resolvedTicket();
  await bench.sleepUntil(closesAt - minute);
  expect(await ticket.send(closeIt)).toEqual({ status: 'closed', version: 4 });
  expect(await ticket.handle.result()).toBe('closed');
  await bench.sleepUntil(closesAt + hour);
  expect(bench.ledger.changesOf(ticket.number).at(-1)).toMatchObject({
    events: [{ kind: 'closed', by: 'requester' }],
    by: { kind: 'close', actorId: closeIt.actorId, noteId: null },
  });
});

test('only the requester can close it, and nobody can withdraw it any more', async () => {
  const { ticket } = await resolvedTicket();
  expect(await refusalOf(ticket.send({ ...closeIt, actorId: bystander }))).toEqual({
    type: 'not_allowed',
    why: 'Only the person who sent the ticket can close it.',
  });
  expect((await refusalOf(ticket.send(withdrawIt))).type).toBe('not_allowed');
  expect(ticket.state().status).toBe('resolved');
});

test('cancelling the workflow in Temporal does not close the ticket', async () => {
  const { ticket } = await resolvedTicket();
  await ticket.handle.cancel();
  const end: unknown = await ticket.handle.result().catch((error: unknown) => error);
  expect(end instanceof WorkflowFailedError && end.cause).toBeInstanceOf(CancelledFailure);
  expect(ticket.state().status).toBe('resolved');
});

test('a ticket whose 72 hours end while PostgreSQL is down closes when it is back', async () => {
  const { ticket, closesAt } = await resolvedTicket();
  let away = 0;
  bench.ledger.before = () => {
    away += 1;
    if (away <= 3) throw new Error('PostgreSQL is away');
  };
  await bench.sleepUntil(closesAt);
  await until(() => ticket.state().status === 'closed');
  bench.ledger.before = () => undefined;
  // A busy machine may retry once more. What counts is that it went on after three failures and closed once.
  expect(away).toBeGreaterThanOrEqual(4);
  const closings = bench.ledger.changesOf(ticket.number).filter((change) => change.state.status === 'closed');
  expect(closings).toHaveLength(1);
});
