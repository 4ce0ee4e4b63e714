import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NotificationActivities } from '../../activities/notification/notification.activities.ts';
import { deliveryWorkflowId, deliveryWorkflowType, queues, ticketWorkflowId } from '../../workflows/names.ts';
import {
  act,
  hint,
  openHigh,
  startWorkflowBench,
  type WorkflowBench,
} from '../../workflows/ticket/living-ticket.fixture.ts';
import { stateQuery } from '../../workflows/ticket/messages.ts';
import { acted, taken } from '../../workflows/ticket/rules/changes.fixture.ts';
import { facts, pinned, ticketAt } from '../../workflows/ticket/ticket.fixture.ts';
import { ticketLifecycle } from '../../workflows/ticket/workflow.ts';
import { until } from '../until.ts';
import { keepHistory } from './keep.ts';

// Workflows that take days or go wrong, on a time-skipping server with PostgreSQL and the mail server in memory.

const refused: Partial<NotificationActivities> = {
  sendMailBatch: async () => ({ sent: [], refused: [], unknown: [] }),
  sendMail: async () => {
    throw ApplicationFailure.nonRetryable('The mail server refused the mail for good (SMTP 550)', 'refused_address');
  },
  giveUpMail: async () => undefined,
};

let bench: WorkflowBench;
beforeAll(async () => {
  bench = await startWorkflowBench({ activities: refused });
});
afterAll(() => bench.stop());

test('a ticket that is overdue at its first step and closes by itself at the end', async () => {
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  const { phase } = ticket.state();
  if (phase.at === 'step') await bench.sleepUntil(phase.dueAt);
  await until(() => ticket.events().includes('overdue'));
  await ticket.send(act('submit', 2));
  await ticket.send(act('done', 4));
  expect(await ticket.handle.result()).toBe('closed');
  await keepHistory('ticket-auto-closed', ticket.handle);
});

test('a ticket whose workflow lost a step and caught up', async () => {
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  const lost = acted(ticket.state(), pinned, 'submit', 'lost', await bench.now());
  const { number } = ticket;
  const by = { kind: 'act', actorId: 2, noteId: 1 } as const;
  await bench.ledger.activities.recordChange({ number, ...lost, by, at: await bench.now() });
  await ticket.send(act('done', 4));
  await keepHistory('ticket-caught-up', ticket.handle);
});

test('a ticket that needs each activity', async () => {
  bench.ledger.matching = null;
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  await ticket.send({ kind: 'route', actorId: 2, workflowVersionId: pinned.workflowVersionId });
  const { number } = ticket;
  const lost = taken(ticket.state(), 3, 'lost');
  const by = { kind: 'take', actorId: 3, noteId: null } as const;
  await bench.ledger.activities.recordChange({ number, ...lost, by, at: await bench.now() });
  await ticket.send(act('submit', 3));
  bench.ledger.members = { ...bench.ledger.members, asset_manager: [5] };
  await hint(ticket);
  await until(() => ticket.state().version === 5);
  await keepHistory('ticket-in-words', ticket.handle);
});

test('a ticket that goes on in a later run', async () => {
  const number = 'TX20261123900001';
  const dueAt = (await bench.now()) + 60_000;
  const state = { ...ticketAt.held, phase: { ...ticketAt.held.phase, dueAt } };
  const handle = await bench.env.client.workflow.start(ticketLifecycle, {
    workflowId: ticketWorkflowId(number),
    taskQueue: queues.workflow,
    args: [{ ...facts, number }, state],
  });
  await bench.sleepUntil(dueAt);
  await until(async () => (await handle.query(stateQuery)).version === state.version + 1);
  await keepHistory('ticket-resumed', handle);
});

test('a mail that is permanently refused', async () => {
  const handle = await bench.env.client.workflow.start(deliveryWorkflowType, {
    workflowId: deliveryWorkflowId('batch'),
    taskQueue: queues.notification,
    args: [{ batch: 'batch', notifications: [1] }],
  });
  expect(await handle.result()).toEqual({ sent: [], givenUp: [1] });
  await keepHistory('mail-given-up', handle);
});
