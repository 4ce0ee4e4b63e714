import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NotificationActivities } from '../../activities/notification.ts';
import { type Bench, startBench } from '../bench.fixture.ts';
import { deliveryWorkflowId, deliveryWorkflowType, queues } from '../names.ts';
import type { deliverNotification } from './deliver.ts';
import type { Delivered } from './round.ts';

const hour = 3_600_000;

/** A mail server in memory: what happened to each notice, with the time of each try. */
let rounds: string[] = [];
let tries: { noticeId: number; at: number }[] = [];
let sent: number[] = [];
let givenUp: [noticeId: number, why: string][] = [];
type Answer = (at: number, noticeId: number) => void;
let answer: Answer = () => undefined;
let answerToNote: (at: number) => void = () => undefined;
/** What becomes of the mails when all are tried at once. */
let atOnce: (notices: number[]) => Awaited<ReturnType<NotificationActivities['deliverRound']>>;

let bench: Bench;
const now = () => bench.env.currentTimeMs();

let notices: number[] = [];

const activities: NotificationActivities = {
  deliverRound: async (round) => {
    rounds.push(round);
    return atOnce(notices);
  },
  deliverNotice: async ({ noticeId, round }) => {
    expect(round).toBe(rounds.at(-1));
    const at = await now();
    tries.push({ noticeId, at });
    answer(at, noticeId);
    sent.push(noticeId);
  },
  giveUpNotice: async ({ noticeId }, why) => {
    answerToNote(await now());
    givenUp.push([noticeId, why]);
  },
};

beforeAll(async () => {
  bench = await startBench({ activities });
});
beforeEach(() => {
  [rounds, tries, sent, givenUp] = [[], [], [], []];
  answer = answerToNote = () => undefined;
  atOnce = () => ({ sent: [], refused: [] });
});
afterAll(() => bench.stop());

let last = 0;
const deliver = (count = 1): Promise<Delivered> => {
  notices = Array.from({ length: count }, (_, index) => last + index + 1);
  last += count;
  const round = `round-${last}`;
  return bench.env.client.workflow.execute<typeof deliverNotification>(deliveryWorkflowType, {
    workflowId: deliveryWorkflowId(round),
    taskQueue: queues.notification,
    args: [{ round, notices }],
  });
};

test('mails that are taken at once are tried once, all together', async () => {
  atOnce = (all) => ({ sent: all, refused: [] });
  expect(await deliver(3)).toEqual({ sent: notices, givenUp: [] });
  expect(rounds).toHaveLength(1);
  expect(tries).toEqual([]);
});

test('what is not taken at once is tried by itself, and no mail waits for another', async () => {
  const start = await now();
  atOnce = ([one = 0, other = 0]) => ({ sent: [one], refused: [{ noticeId: other, why: 'no_reader' }] });
  answer = (at, noticeId) => failUntil(noticeId === notices[2] ? start + hour : 0, 'Greylisted')(at);
  const { sent: out, givenUp: left } = await deliver(4);
  expect(out.toSorted()).toEqual([notices[0], notices[2], notices[3]].toSorted());
  expect(left).toEqual([notices[1]]);
  expect(givenUp).toEqual([[notices[1], 'no_reader']]);
  expect(sent).toEqual([notices[3], notices[2]]);
});

test('a round that dies in the middle lets each mail find out by itself whether it is out', async () => {
  atOnce = () => {
    throw new Error('PostgreSQL is away');
  };
  expect(await deliver(2)).toEqual({ sent: notices, givenUp: [] });
  expect(tries.map(({ noticeId }) => noticeId).toSorted()).toEqual(notices);
});

const failUntil = (end: number, message: string) => (at: number) => {
  if (at < end) throw new Error(message);
};

test('a mail server that is away for an hour gets the mail soon after its return, and is left in peace until then', async () => {
  const start = await now();
  answer = failUntil(start + hour, 'connect ECONNREFUSED');
  expect(await deliver()).toEqual({ sent: notices, givenUp: [] });
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
  expect(await deliver()).toEqual({ sent: [], givenUp: notices });
  expect(tries).toHaveLength(1);
  expect(givenUp).toEqual([[tries[0]?.noticeId, 'refused_address']]);
});

test('a mail server that is away for three days is given up, and that is noted', async () => {
  const start = await now();
  answer = failUntil(Number.POSITIVE_INFINITY, 'connect ECONNREFUSED');
  expect(await deliver()).toEqual({ sent: [], givenUp: notices });
  expect((await now()) - start).toBeGreaterThan(71 * hour);
  expect(sent).toEqual([]);
  expect(givenUp).toEqual([[tries[0]?.noticeId, 'timeout']]);
});

test('the note that a mail was given up waits until PostgreSQL is back', async () => {
  answer = () => {
    throw ApplicationFailure.nonRetryable('This user is gone', 'no_address');
  };
  answerToNote = failUntil((await now()) + hour, 'PostgreSQL is away');
  expect(await deliver()).toEqual({ sent: [], givenUp: notices });
  expect(givenUp).toEqual([[tries[0]?.noticeId, 'no_address']]);
});
