import { randomUUID } from 'node:crypto';
import {
  Client,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMoves, type Desk, makeStaff, openDesk } from '../../tests/desk.ts';
import { submit, type World } from '../../tests/factories.ts';
import { until } from '../../tests/until.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { renewing } from '../../workflows/ticket/messages.ts';
import { taken } from '../../workflows/ticket/rules/changes.fixture.ts';
import { loadSessionUser } from '../auth/session-user.ts';
import type { SessionUser } from '../http/user.ts';
import { createTemporalClient } from '../temporal/client.ts';
import { createSendCommand } from './send-command.ts';

// The workflow has carried out a command, but the answer is lost. What does the sender get?

let desk: Desk;
let world: World;
let number: string;
let admin: SessionUser;

beforeAll(async () => {
  desk = await openDesk();
  world = await makeStaff(desk);
  const found = await loadSessionUser(desk.context.orm.em.fork(), world.admin.id);
  if (!found) throw new Error('The admin may not sign in');
  admin = found;
});
afterAll(() => desk.close());
beforeEach(async () => {
  number = await submit(world.employee);
  await createMoves(desk).open(number, { actorId: world.coordinator.id });
});

/** Sends an act; `answer` stands in for Temporal and gets the id of the update. */
const send = (answer: (updateId: string) => Promise<Error>, forTheWinner = 60_000, key: string = randomUUID()) => {
  const { connection, options } = createTemporalClient(desk.context.config);
  const startUpdate = async (input: { options: { updateId?: string } }) => {
    throw await answer(input.options.updateId ?? '');
  };
  const start = async (): Promise<string> => randomUUID();
  const temporal = new Client({
    connection,
    namespace: options.namespace,
    interceptors: { workflow: [{ startUpdate, start }] },
  });
  const command = { kind: 'act', version: 1, input: { transition: 'submit' }, note: 'All in order.', key } as const;
  return createSendCommand({ temporal }, { inQueue: 60_000, forTheWinner })(
    desk.context.orm.em.fork(),
    number,
    admin,
    command,
  );
};

const carryOut = (changeId: string, kind: 'act' | 'take' = 'act') =>
  createMoves(desk).record(number, (state) => taken(state, world.admin.id, changeId), {
    kind,
    actorId: world.admin.id,
  });

/** As if the relay had started the workflow. */
const leaveOutbox = () =>
  desk.context.orm.em.fork().execute('delete from outbox where workflow_id = ?', [ticketWorkflowId(number)]);

const notes = () =>
  desk.context.orm.em.fork().execute('select id from messaging.note where ticket_number = ?', [number]);

const timeout = () => new WorkflowUpdateRPCTimeoutOrCancelledError('Timeout', { cause: new Error('deadline') });
const notFound = () => new WorkflowNotFoundError('Not found', ticketWorkflowId(number), undefined);
const refusal = (type: string) =>
  new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.nonRetryable('No.', type));

test.each([
  ['a timeout', timeout],
  ['a refusal of the same command, sent twice by Temporal', () => refusal('version_conflict')],
])('after %s the change that stands is the answer', async (_what, error) => {
  const answer = send(async (updateId) => {
    await carryOut(updateId);
    return error();
  });
  expect(await answer).toEqual({ number, status: 'open', version: 2 });
  expect(await notes()).toHaveLength(1);
});

// `send` makes a sender of its own each time, as a process that has just started does.
test('a command sent again with the same key gets its first answer, even after later changes and a restart', async () => {
  const key = randomUUID();
  const first = await send(
    async (updateId) => {
      await carryOut(updateId);
      return timeout();
    },
    0,
    key,
  );
  await createMoves(desk).take(number, world.admin.id);
  const again = await send(async () => expect.fail('The workflow is not asked again'), 0, key);
  expect(again).toEqual(first);
  expect(await notes()).toHaveLength(1);
});

test('a key used for another command is refused, and nothing is written', async () => {
  const key = randomUUID();
  await send(
    async (updateId) => {
      await carryOut(updateId, 'take');
      return timeout();
    },
    0,
    key,
  );
  const before = await notes();
  const other = send(async () => expect.fail('The workflow is not asked'), 0, key);
  await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  expect(await notes()).toEqual(before);
});

test('a change by somebody else is a conflict, and the note is deleted', async () => {
  const answer = send(async () => {
    await carryOut('another');
    return refusal('version_conflict');
  });
  await expect(answer).rejects.toMatchObject({ code: 'version_conflict', details: { version: 2 } });
  expect(await notes()).toEqual([]);
});

test('a sender refused while somebody else’s change is being written gets that change', async () => {
  const workflow = Promise.withResolvers<void>();
  const sent = send(async () => {
    workflow.resolve();
    return refusal('version_conflict');
  });
  await workflow.promise;
  // The note is deleted as soon as the refusal arrives.
  await until(async () => (await notes()).length === 0);
  await createMoves(desk).withdraw(number, { actorId: world.employee.id, text: 'No longer needed.' });
  await expect(sent).rejects.toMatchObject({
    code: 'version_conflict',
    details: {
      version: 2,
      changes: [expect.objectContaining({ version: 2, event: { kind: 'withdrawn', reason: 'No longer needed.' } })],
    },
  });
});

test('when that change is never written, the sender gets no conflict', async () => {
  const sent = send(async () => refusal('version_conflict'), 0);
  await expect(sent).rejects.toMatchObject({ code: 'unavailable', retryAfter: 2 });
  expect(await notes()).toEqual([]);
});

test('after a timeout without a change the note stays, because the command may still be carried out', async () => {
  await expect(send(async () => timeout())).rejects.toMatchObject({ code: 'unavailable', retryAfter: 5 });
  expect(await notes()).toHaveLength(1);
});

test.each([
  ['between two runs of its workflow', () => refusal(renewing)],
  ['before its workflow is started', notFound],
])('a command that comes %s is sent again under the same id until it is taken', async (_when, error) => {
  const ids: string[] = [];
  const answer = send(async (updateId) => {
    ids.push(updateId);
    if (ids.length < 3) return error();
    await carryOut(updateId);
    return timeout();
  });
  expect(await answer).toEqual({ number, status: 'open', version: 2 });
  expect(ids).toEqual(Array(3).fill(ids[0]));
  expect(await notes()).toHaveLength(1);
});

test('when the next run does not start in time, the command can be sent again, and the note is deleted', async () => {
  await expect(send(async () => refusal(renewing))).rejects.toMatchObject({ code: 'unavailable', retryAfter: 2 });
  expect(await notes()).toEqual([]);
});

test('a workflow that starts while a command looks for it is tried once more', async () => {
  let attempts = 0;
  const answer = send(async (updateId) => {
    attempts += 1;
    if (attempts === 2) await carryOut(updateId);
    else await leaveOutbox();
    return attempts === 2 ? timeout() : notFound();
  });
  expect(await answer).toEqual({ number, status: 'open', version: 2 });
});

test('a missing workflow that nothing will start gives no answer, and the note is deleted', async () => {
  await leaveOutbox();
  let attempts = 0;
  const sent = send(async () => {
    attempts += 1;
    return notFound();
  });
  await expect(sent).rejects.toMatchObject({ code: 'unavailable', retryAfter: 5 });
  expect(attempts).toBe(2);
  expect(await notes()).toEqual([]);
});

test.each(['UnprocessedUpdate', 'AcceptedUpdateCompletedWorkflow'])(
  'what Temporal gave back without an answer of the workflow (%s) can be tried again',
  async (type) => {
    await expect(send(async () => refusal(type))).rejects.toMatchObject({ code: 'unavailable' });
    expect(await notes()).toEqual([]);
  },
);
