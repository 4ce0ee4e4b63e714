import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  act,
  type LivingTicket,
  openHigh,
  refusalOf,
  startWorkflowBench,
  type WorkflowBench,
} from './living-ticket.fixture.ts';
import { commandUpdate } from './messages.ts';

// Anybody who can reach the Temporal server can send an update without our API. The validator checks it first.

let bench: WorkflowBench;
beforeAll(async () => {
  // A real server, because it decides what a refusal leaves in the history.
  bench = await startWorkflowBench({ server: 'real' });
});
afterAll(() => bench.stop());

const openedTicket = async (): Promise<LivingTicket> => {
  const ticket = await bench.submit();
  await ticket.send(openHigh);
  return ticket;
};

const junk = 'x'.repeat(1_000_000);
const whole = { ...act('submit', 2), version: 1 };

test.each([
  ['a megabyte in a field that no command has', { ...whole, junk }],
  ['a megabyte as the transition', { ...whole, transition: junk }],
  ['a megabyte of text', junk],
  ['a transition that the step does not have', { ...whole, transition: 'approve' }],
  ['a number that no column holds', { ...whole, noteId: 2 ** 31 }],
  ['nothing at all', undefined],
])('%s is refused by the workflow at once, and leaves nothing in the history', async (_what, command) => {
  const ticket = await openedTicket();
  const length = async () => (await ticket.handle.describe()).historyLength;
  const before = await length();
  const args = [command] as unknown as [typeof whole];
  expect(await refusalOf(ticket.handle.executeUpdate(commandUpdate('act'), { args }))).toMatchObject({
    type: 'not_allowed',
  });
  expect(await length()).toBe(before);
  expect(await ticket.send(act('submit', 2))).toEqual({ status: 'in_progress', version: 2 });
});

test.each(['a b', '\u0000', 'x'.repeat(101)])(
  'so is a command with the id %j, which the ticket cannot bear',
  async (updateId) => {
    const ticket = await bench.submit();
    await ticket.send(openHigh);
    const sent = ticket.handle.executeUpdate(commandUpdate('act'), { args: [whole], updateId });
    expect(await refusalOf(sent)).toMatchObject({ type: 'not_allowed' });
    expect(await ticket.send(act('submit', 2))).toEqual({ status: 'in_progress', version: 2 });
  },
);
