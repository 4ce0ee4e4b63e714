import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NotificationActivities } from '../../activities/notification/notification.activities.ts';
import { type Bench, startBench } from '../bench.fixture.ts';
import { deliveryWorkflowId, deliveryWorkflowType, queues } from '../names.ts';
import type { deliverNotification } from './deliver.ts';
import type { Delivered, FirstTry } from './mail-batch.ts';

const hour = 3_600_000;

/** What only workflows of earlier releases call; tests/replay.test.ts continues those. */
const unusedByNow = () => {
  const never = async () => {
    throw new Error('A new workflow called an activity of an earlier release');
  };
  return { deliverRound: never, deliverNotice: never, giveUpNotice: never };
};

/** An in-memory mail server that records each try and what happened to each notification. */
let batches: string[] = [];
let tries: { notificationId: number; at: number }[] = [];
let sent: number[] = [];
let givenUp: [notificationId: number, why: string][] = [];
type Answer = (at: number, notificationId: number) => void;
let answer: Answer = () => undefined;
let answerToNote: (at: number) => void = () => undefined;
/** The result of the first try of all mails. */
let firstTry: (notifications: number[]) => FirstTry;

let bench: Bench;
const now = () => bench.env.currentTimeMs();

let notifications: number[] = [];

const activities: NotificationActivities = {
  sendMailBatch: async (batch) => {
    batches.push(batch);
    return firstTry(notifications);
  },
  sendMail: async ({ notificationId, batch }) => {
    expect(batch).toBe(batches.at(-1));
    const at = await now();
    tries.push({ notificationId, at });
    answer(at, notificationId);
    sent.push(notificationId);
  },
  giveUpMail: async ({ notificationId }, why) => {
    answerToNote(await now());
    givenUp.push([notificationId, why]);
  },
  ...unusedByNow(),
};

beforeAll(async () => {
  bench = await startBench({ activities });
});
beforeEach(() => {
  [batches, tries, sent, givenUp] = [[], [], [], []];
  answer = answerToNote = () => undefined;
  firstTry = () => ({ sent: [], refused: [], unknown: [] });
});
afterAll(() => bench.stop());

let last = 0;
const deliver = (count = 1): Promise<Delivered> => {
  notifications = Array.from({ length: count }, (_, index) => last + index + 1);
  last += count;
  const batch = `batch-${last}`;
  return bench.env.client.workflow.execute<typeof deliverNotification>(deliveryWorkflowType, {
    workflowId: deliveryWorkflowId(batch),
    taskQueue: queues.notification,
    args: [{ batch, notifications }],
  });
};

test('mails that are accepted at once are tried only once, all together', async () => {
  firstTry = (all) => ({ sent: all, refused: [], unknown: [] });
  expect(await deliver(3)).toEqual({ sent: notifications, givenUp: [] });
  expect(batches).toHaveLength(1);
  expect(tries).toEqual([]);
});

test('a batch started by an earlier release goes on', async () => {
  firstTry = () => ({ sent: [], refused: [], unknown: [] });
  notifications = [9_001];
  const delivered = await bench.env.client.workflow.execute<typeof deliverNotification>(deliveryWorkflowType, {
    workflowId: deliveryWorkflowId('earlier'),
    taskQueue: queues.notification,
    args: [{ round: 'earlier', notices: notifications }],
  });
  expect(delivered).toEqual({ sent: notifications, givenUp: [] });
  expect(batches).toEqual(['earlier']);
});

test('a mail that is not accepted at once is retried alone, and no mail waits for another', async () => {
  const start = await now();
  firstTry = ([one = 0, other = 0]) => ({
    sent: [one],
    refused: [{ notificationId: other, why: 'no_reader' }],
    unknown: [],
  });
  answer = (at, notificationId) => failUntil(notificationId === notifications[2] ? start + hour : 0, 'Greylisted')(at);
  const { sent: out, givenUp: left } = await deliver(4);
  expect(out.toSorted()).toEqual([notifications[0], notifications[2], notifications[3]].toSorted());
  expect(left).toEqual([notifications[1]]);
  expect(givenUp).toEqual([[notifications[1], 'no_reader']]);
  expect(sent).toEqual([notifications[3], notifications[2]]);
});

test('a mail of unknown outcome is tried again, but not before the mail server had a minute', async () => {
  const start = await now();
  firstTry = ([one = 0]) => ({ sent: [], refused: [], unknown: [one] });
  expect(await deliver(2)).toEqual({ sent: notifications, givenUp: [] });
  expect(sent).toEqual(notifications.toReversed());
  const at = new Map(tries.map((one) => [one.notificationId, one.at - start]));
  expect(at.get(notifications[1] ?? 0)).toBeLessThan(60_000);
  expect(at.get(notifications[0] ?? 0)).toBeGreaterThanOrEqual(60_000);
});

test('when a batch fails in the middle, each mail checks by itself whether it was sent', async () => {
  firstTry = () => {
    throw new Error('PostgreSQL is away');
  };
  expect(await deliver(2)).toEqual({ sent: notifications, givenUp: [] });
  expect(tries.map(({ notificationId }) => notificationId).toSorted()).toEqual(notifications);
});

const failUntil = (end: number, message: string) => (at: number) => {
  if (at < end) throw new Error(message);
};

test('a mail server that is down for an hour gets the mail soon after its return, with few tries until then', async () => {
  const start = await now();
  answer = failUntil(start + hour, 'connect ECONNREFUSED');
  expect(await deliver()).toEqual({ sent: notifications, givenUp: [] });
  expect(sent).toHaveLength(1);
  const pauses = tries.slice(1).map(({ at }, index) => at - (tries[index]?.at ?? 0));
  expect(pauses[0]).toBeLessThan(10_000);
  expect(pauses.slice(0, 6)).toEqual(pauses.slice(0, 6).toSorted((one, other) => one - other));
  expect((tries.at(-1)?.at ?? 0) - start).toBeLessThan(1.1 * hour);
  // Two hundred such mails together make at most one try a second.
  expect((200 * (tries.length - 1)) / 3_600).toBeLessThanOrEqual(1);
});

test('a permanent refusal ends the tries at once and is recorded with its reason', async () => {
  answer = () => {
    throw ApplicationFailure.nonRetryable('The mail server refused it', 'refused_address');
  };
  expect(await deliver()).toEqual({ sent: [], givenUp: notifications });
  expect(tries).toHaveLength(1);
  expect(givenUp).toEqual([[tries[0]?.notificationId, 'refused_address']]);
});

test('a mail is given up when the server is down for three days, and that is recorded', async () => {
  const start = await now();
  answer = failUntil(Number.POSITIVE_INFINITY, 'connect ECONNREFUSED');
  expect(await deliver()).toEqual({ sent: [], givenUp: notifications });
  expect((await now()) - start).toBeGreaterThan(71 * hour);
  expect(sent).toEqual([]);
  expect(givenUp).toEqual([[tries[0]?.notificationId, 'timeout']]);
});

test('recording that a mail was given up waits until PostgreSQL is back', async () => {
  answer = () => {
    throw ApplicationFailure.nonRetryable('This user is gone', 'no_address');
  };
  answerToNote = failUntil((await now()) + hour, 'PostgreSQL is away');
  expect(await deliver()).toEqual({ sent: [], givenUp: notifications });
  expect(givenUp).toEqual([[tries[0]?.notificationId, 'no_address']]);
});
