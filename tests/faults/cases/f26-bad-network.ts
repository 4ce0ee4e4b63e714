import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTemporalClient } from '../../../api/temporal/client.ts';
import type { Arena } from '../arena/arena.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import { nextStepAfter } from '../workload/recovery.ts';
import { within } from '../workload/span.ts';
import { act, assignedStep, onward, opened } from '../workload/task.ts';
import { during } from '../workload/workload.ts';

const latency = 500;
const spans = {
  short: { slow: 2_500, resets: 5, stalled: 6_000 },
  nightly: { slow: 30_000, resets: 100, stalled: 20_000 },
};
const backWithin = 30;

/** Milliseconds that the shortest call takes from the product to Temporal. */
const callTime = async ({ roads, servers }: Arena): Promise<number> => {
  const client = createTemporalClient({
    TEMPORAL_ADDRESS: roads.temporal.address,
    TEMPORAL_NAMESPACE: servers.namespace,
  });
  try {
    // The first one also connects.
    await client.workflowService.getSystemInfo({});
    const started = performance.now();
    await client.workflowService.getSystemInfo({});
    return performance.now() - started;
  } finally {
    await client.connection.close();
  }
};

const slowDown = async (arena: Arena, ms: number): Promise<number> => {
  arena.roads.temporal.delay(latency);
  const took = await callTime(arena);
  assert.ok(took >= 2 * latency, `A call took ${took.toFixed(0)} ms over the slow road`);
  await sleep(ms);
  arena.roads.temporal.delay(0);
  return took;
};

const resetOften = async (arena: Arena, random: Random, times: number): Promise<number> => {
  let reset = 0;
  for (let time = 0; time < times; time += 1) {
    await sleep(random.between(100, 800));
    reset += arena.roads.temporal.reset();
  }
  assert.ok(reset > 0, 'No connection was reset');
  return reset;
};

/** Answers when it ended. */
const swallow = async (arena: Arena, random: Random, ms: number): Promise<number> => {
  const { number } = await opened(arena, random);
  const { task, assignee } = await assignedStep(arena, number);
  const from = Date.now();
  arena.roads.temporal.stall();
  const command = { person: assignee, version: task.version, transition: onward[task.step] ?? '' };
  const [answer] = await Promise.all([act(number, command), sleep(ms)]);
  arena.roads.temporal.resume();
  const to = Date.now();
  assert.equal(answer.status, 503, `A command into the black hole was answered ${answer.status}`);
  const meanwhile = within(arena.journal.operations, { from, to });
  for (const { kind, status } of meanwhile)
    if (kind !== 'command') assert.ok(status !== null && status < 300, `A ${kind} was answered ${status}`);
  assert.ok(
    meanwhile.some(({ kind }) => kind === 'submit'),
    'Nobody submitted anything meanwhile',
  );
  return to;
};

export const badNetwork: Fault = {
  id: 'F-26',
  name: 'the network to Temporal is slow, resets connections, swallows everything',
  async inject(arena, { random, nightly }) {
    const plan = nightly ? spans.nightly : spans.short;
    const { took, reset, end } = await during(arena, random, { perSecond: nightly ? 4 : 2 }, async () => ({
      took: await slowDown(arena, plan.slow),
      reset: await resetOften(arena, random, plan.resets),
      end: await swallow(arena, random, plan.stalled),
    }));
    const [back] = nextStepAfter(arena.journal.operations, [end]);
    assert.ok((back ?? 0) <= backWithin, `A ticket took its next step only after ${back?.toFixed(1)} s`);
    const notes = [`a call took ${took.toFixed(0)} ms on the slow road, ${reset} connections were reset`];
    return { times: 2 + reset, recovery: back ?? null, notes };
  },
};
