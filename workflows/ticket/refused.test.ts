import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { act, closeIt, openHigh, refusalOf, startWorkflowBench, type WorkflowBench } from './living-ticket.fixture.ts';
import { commandUpdate, refusalTypes, stateQuery } from './messages.ts';
import { pinned } from './ticket.fixture.ts';

// A refusal is final and ends the command. A fault, such as a database that is down, is retried.

let bench: WorkflowBench;
beforeAll(async () => {
  bench = await startWorkflowBench();
});
afterAll(() => bench.stop());
beforeEach(() => {
  bench.ledger.before = () => undefined;
  bench.ledger.matching = pinned;
});

/** Lets recording fail with this type, at most `times` times. */
const refuse = (type: string, times = Number.POSITIVE_INFINITY): void => {
  let left = times;
  bench.ledger.before = (activity) => {
    if (activity !== 'recordChange' || left === 0) return;
    left -= 1;
    throw ApplicationFailure.create({ type, message: 'No, for a reason.' });
  };
};

describe.each(Object.values(refusalTypes))('a command that PostgreSQL refuses as %s', (type) => {
  test('is refused with the reason, and the ticket goes on as if nothing had been sent', async () => {
    const ticket = await bench.submit();
    refuse(type);
    expect(await refusalOf(ticket.send(openHigh))).toEqual({ type, why: 'No, for a reason.' });
    bench.ledger.before = () => undefined;
    expect(await ticket.handle.query(stateQuery)).toMatchObject({ version: 0, phase: { at: 'review' } });
    expect(await ticket.send(openHigh)).toEqual({ status: 'open', version: 1 });
    refuse(type);
    expect(await refusalOf(ticket.send(act('submit', 2)))).toEqual({ type, why: 'No, for a reason.' });
    expect(await refusalOf(ticket.send({ kind: 'take', actorId: 3 }))).toEqual({ type, why: 'No, for a reason.' });
    bench.ledger.before = () => undefined;
    await ticket.send(act('submit', 2));
    await ticket.send(act('done', 4));
    refuse(type);
    expect(await refusalOf(ticket.send(closeIt))).toEqual({ type, why: 'No, for a reason.' });
    bench.ledger.before = () => undefined;
    expect(await ticket.send(closeIt)).toEqual({ status: 'closed', version: 4 });
    expect(ticket.events()).toEqual([
      ...['opened', 'routed', 'step_entered', 'step_done', 'step_entered', 'step_done', 'resolved', 'closed'],
    ]);
  });

  test('does not end a change that the workflow makes by itself, because there is no sender to refuse', async () => {
    const ticket = await bench.submit();
    await ticket.send(openHigh);
    refuse(type, 3);
    const { phase } = ticket.state();
    if (phase.at === 'step') await bench.sleepUntil(phase.dueAt + 60_000);
    expect(ticket.events().at(-1)).toBe('overdue');
  });
});

test('a fault is not a refusal: the command is retried until it is carried out', async () => {
  const ticket = await bench.submit();
  refuse('ConnectionException', 5);
  expect(await ticket.send(openHigh)).toEqual({ status: 'open', version: 1 });
});

test('a command that is refused after an outage is refused all the same', async () => {
  const ticket = await bench.submit();
  let tries = 0;
  bench.ledger.before = () => {
    tries += 1;
    // The eighth try comes after the first timer; the earlier ones run within one workflow task.
    throw ApplicationFailure.create({
      type: tries < 8 ? 'ConnectionException' : 'forbidden',
      message: 'Your role is gone.',
    });
  };
  bench.ledger.matching = null;
  const reject = { kind: 'reject', actorId: 20, noteId: 1, version: 0 } as const;
  const sent = await ticket.handle.startUpdate(commandUpdate('reject'), { args: [reject], waitForStage: 'ACCEPTED' });
  await bench.sleepUntil((await bench.now()) + 60_000);
  expect(await refusalOf(sent.result())).toEqual({ type: 'forbidden', why: 'Your role is gone.' });
  expect(tries).toBe(8);
});

test('a workflow that does not exist is refused, and another one can be chosen', async () => {
  bench.ledger.matching = null;
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  const route = { kind: 'route', actorId: 2 } as const;
  expect(await refusalOf(ticket.send({ ...route, workflowVersionId: 8 }))).toEqual({
    type: 'not_allowed',
    why: 'There is no version 8.',
  });
  expect(ticket.state().phase).toEqual({ at: 'unrouted' });
  expect(await ticket.send({ ...route, workflowVersionId: pinned.workflowVersionId })).toMatchObject({ version: 2 });
});
