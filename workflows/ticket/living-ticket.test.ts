import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  act,
  closeIt,
  type LivingTicket,
  openHigh,
  refusalOf,
  resolve,
  startWorkflowBench,
  type WorkflowBench,
} from './living-ticket.fixture.ts';
import { stateQuery } from './messages.ts';

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

const eventsOf = async ({ handle }: LivingTicket) => (await handle.fetchHistory()).events ?? [];

test('of three clicks at once by the same agent exactly one is carried out', async () => {
  const ticket = await openedTicket();
  const clicks = await Promise.allSettled([1, 2, 3].map(() => ticket.send({ ...act('submit', 2), version: 1 })));
  expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const click of clicks)
    if (click.status === 'rejected')
      expect(await refusalOf(Promise.reject(click.reason))).toMatchObject({ type: 'version_conflict' });
  expect(ticket.state()).toMatchObject({ version: 2, phase: { step: 'mend' } });
  expect(ticket.events()).toEqual(['opened', 'routed', 'step_entered', 'step_done', 'step_entered']);
});

test('a command from an old page is refused as a version conflict, and one that the step forbids as not allowed', async () => {
  const ticket = await openedTicket();
  expect(await refusalOf(ticket.send({ ...act('submit', 2), version: 0 }))).toEqual({
    type: 'version_conflict',
    why: 'The ticket has changed since this page was loaded. Look at it again, then decide.',
  });
  expect(await refusalOf(ticket.send(closeIt))).toEqual({
    type: 'not_allowed',
    why: 'Only a resolved ticket can be closed. It is being worked on.',
  });
});

test('a refused command leaves no trace in the history', async () => {
  const ticket = await openedTicket();
  const before = (await eventsOf(ticket)).length;
  for (let time = 0; time < 5; time += 1) await refusalOf(ticket.send({ ...act('submit', 3) }));
  expect(await eventsOf(ticket)).toHaveLength(before);
});

test('a command returns the status and version recorded in PostgreSQL', async () => {
  const ticket = await bench.submit();
  expect(await ticket.send(openHigh)).toEqual({ status: 'open', version: 1 });
  expect(await ticket.send(act('submit', 2))).toEqual({ status: 'in_progress', version: 2 });
  expect(await ticket.send(act('reject', 4))).toEqual({ status: 'in_progress', version: 3 });
  expect(await ticket.send(act('submit', 2))).toEqual({ status: 'in_progress', version: 4 });
  expect(await ticket.send(act('done', 4))).toEqual({ status: 'resolved', version: 5 });
  expect(await ticket.handle.query(stateQuery)).toEqual(ticket.state());
  expect(await ticket.send(closeIt)).toEqual({ status: 'closed', version: 6 });
  expect(await ticket.handle.result()).toBe('closed');
});

test('the history is readable: each command by its name, each activity in words, each change and each wait with a summary', async () => {
  const ticket = await bench.submit();
  await resolve(ticket);
  await ticket.send(closeIt);
  const events = await eventsOf(ticket);
  const text = (data: Uint8Array | null | undefined) => JSON.parse(Buffer.from(data ?? []).toString() || 'null');
  expect(
    events.flatMap((event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name ?? []),
  ).toEqual(['open', 'act', 'act', 'close']);
  const did = events.flatMap(({ markerRecordedEventAttributes: marker }) =>
    marker?.markerName === 'core_local_activity' ? text(marker.details?.data?.payloads?.[0]?.data).activity_type : [],
  );
  expect(did).toEqual(['Find the workflow definition', ...Array(4).fill('Write the change down')]);
  const sentences = events.flatMap(({ userMetadata }) => text(userMetadata?.summary?.data) ?? []);
  expect(sentences).toEqual(
    expect.arrayContaining([
      'Opened, high, for IT: to Check (Admin)',
      'Wait for the deadline',
      'Submit at Check by user 2: to Mend (Asset Manager)',
      'Done at Mend by user 4: resolved',
      'Closed by the requester',
    ]),
  );
});

test('one timer serves all deadlines: a command that moves them later does not touch it', async () => {
  const ticket = await openedTicket();
  await ticket.send(act('submit', 2));
  await ticket.send(act('done', 4));
  const events = await eventsOf(ticket);
  expect(events.filter(({ timerStartedEventAttributes }) => timerStartedEventAttributes)).toHaveLength(1);
  expect(events.some(({ timerCanceledEventAttributes }) => timerCanceledEventAttributes)).toBe(false);
});

test('Temporal Web shows no text that people wrote', async () => {
  const ticket = await openedTicket();
  const { input } = (await eventsOf(ticket))[0]?.workflowExecutionStartedEventAttributes ?? {};
  const argument = JSON.parse(Buffer.from(input?.payloads?.[0]?.data ?? []).toString());
  expect(Object.keys(argument).sort()).toEqual(['category', 'number', 'requesterId', 'subCategory']);
});
