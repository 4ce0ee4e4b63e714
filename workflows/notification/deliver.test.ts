import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NotificationActivities } from '../../activities/notification.ts';
import { type Bench, startBench } from '../bench.fixture.ts';
import { deliveryWorkflowId, deliveryWorkflowType, queues } from '../names.ts';
import type { deliverNotification } from './deliver.ts';

const hour = 3_600_000;

/** A mail server in memory: what happened to each notice, with the time of each try. */
let tries: { noticeId: number; at: number }[] = [];
let sent: number[] = [];
let givenUp: [noticeId: number, why: string][] = [];
let answer: (at: number) => void = () => undefined;
let answerToNote: (at: number) => void = () => undefined;

let bench: Bench;
const now = () => bench.env.currentTimeMs();

const activities: NotificationActivities = {
  deliverNotice: async (noticeId) => {
    const at = await now();
    tries.push({ noticeId, at });
    answer(at);
    sent.push(noticeId);
  },
  giveUpNotice: async (noticeId, why) => {
    answerToNote(await now());
    givenUp.push([noticeId, why]);
  },
};

beforeAll(async () => {
  bench = await startBench({ activities });
});
beforeEach(() => {
  [tries, sent, givenUp] = [[], [], []];
  answer = answerToNote = () => undefined;
});
afterAll(() => bench.stop());

let notices = 0;
const deliver = (): Promise<'sent' | 'given_up'> => {
  notices += 1;
  return bench.env.client.workflow.execute<typeof deliverNotification>(deliveryWorkflowType, {
    workflowId: deliveryWorkflowId(notices),
    taskQueue: queues.notification,
    args: [{ noticeId: notices }],
  });
};

const failUntil = (end: number, message: string) => (at: number) => {
  if (at < end) throw new Error(message);
};

test('a mail that is taken at once is sent once', async () => {
  expect(await deliver()).toBe('sent');
  expect(tries).toHaveLength(1);
  expect(givenUp).toEqual([]);
});

test('a mail server that is away for an hour gets the mail soon after its return, and is left in peace until then', async () => {
  const start = await now();
  answer = failUntil(start + hour, 'connect ECONNREFUSED');
  expect(await deliver()).toBe('sent');
  expect(sent).toHaveLength(1);
  const pauses = tries.slice(1).map(({ at }, index) => at - (tries[index]?.at ?? 0));
  expect(pauses[0]).toBeLessThan(10_000);
  expect(pauses.slice(0, 6)).toEqual(pauses.slice(0, 6).toSorted((one, other) => one - other));
  expect((tries.at(-1)?.at ?? 0) - start).toBeLessThan(1.1 * hour);
  // Two hundred such mails knock once a second, all of them together.
  expect((200 * (tries.length - 1)) / 3_600).toBeLessThanOrEqual(1);
});

test('a refusal for good ends the tries at once and is noted with its reason', async () => {
  answer = () => {
    throw ApplicationFailure.nonRetryable('The mail server refused it', 'refused_address');
  };
  expect(await deliver()).toBe('given_up');
  expect(tries).toHaveLength(1);
  expect(givenUp).toEqual([[tries[0]?.noticeId, 'refused_address']]);
});

test('a mail server that is away for three days is given up, and that is noted', async () => {
  const start = await now();
  answer = failUntil(Number.POSITIVE_INFINITY, 'connect ECONNREFUSED');
  expect(await deliver()).toBe('given_up');
  expect((await now()) - start).toBeGreaterThan(71 * hour);
  expect(sent).toEqual([]);
  expect(givenUp).toEqual([[tries[0]?.noticeId, 'timeout']]);
});

test('the note that a mail was given up waits until PostgreSQL is back', async () => {
  answer = () => {
    throw ApplicationFailure.nonRetryable('This user is gone', 'no_address');
  };
  answerToNote = failUntil((await now()) + hour, 'PostgreSQL is away');
  expect(await deliver()).toBe('given_up');
  expect(givenUp).toEqual([[tries[0]?.noticeId, 'no_address']]);
});
