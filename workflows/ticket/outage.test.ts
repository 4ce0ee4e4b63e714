import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, openHigh, startWorkflowBench, type WorkflowBench } from './living-ticket.fixture.ts';
import { commandUpdate } from './messages.ts';

const minute = 60_000;
const hour = 60 * minute;

let bench: WorkflowBench;
beforeAll(async () => {
  bench = await startWorkflowBench();
});
afterAll(() => bench.stop());

test('a command sent during a one-hour outage of PostgreSQL is carried out once afterwards', async () => {
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  let isAway = true;
  bench.ledger.before = () => {
    if (isAway) throw new Error('PostgreSQL is away');
  };
  const sent = await ticket.handle.startUpdate(commandUpdate('act'), {
    args: [{ ...act('submit', 2), version: 1 }],
    waitForStage: 'ACCEPTED',
  });
  await bench.sleepUntil((await bench.now()) + hour);
  expect(ticket.state().version).toBe(1);
  isAway = false;
  await bench.sleepUntil((await bench.now()) + minute);
  expect(await sent.result()).toEqual({ status: 'in_progress', version: 2 });
  expect(ticket.events()).toEqual(['opened', 'routed', 'step_entered', 'step_done', 'step_entered']);

  // Temporal ends a workflow at 51,200 events. At this rate that takes more than four days without PostgreSQL.
  const { historyLength } = await ticket.handle.describe();
  expect(historyLength).toBeLessThan(500);
});
