import { setTimeout as sleep } from 'node:timers/promises';
import { cpuBetween, cpuOf, type Parts } from './processes.ts';
import { type Spread, spreadOf } from './spread.ts';

/** One measured cell: a number of clients, each sending its next request after the last answer. */
export interface Measured extends Spread {
  perSecond: number;
  /** Milliseconds of CPU per request, by part. */
  cpu: Record<string, number>;
}

export interface CellPlan {
  clients: number;
  seconds: number;
  warmupSeconds: number;
  parts: Parts;
  /** Sends one request and settles with the answer; this time is measured. */
  request(client: number): Promise<void>;
}

const runFor = async (plan: CellPlan, seconds: number): Promise<number[]> => {
  const end = performance.now() + seconds * 1_000;
  const times: number[] = [];
  const work = async (client: number): Promise<void> => {
    while (performance.now() < end) {
      const sent = performance.now();
      await plan.request(client);
      times.push(performance.now() - sent);
    }
  };
  // Wait for all clients before failing, so that none disturbs the next measurement.
  const results = await Promise.allSettled(Array.from({ length: plan.clients }, (_, client) => work(client)));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return times;
};

/** The raw data of a measurement. */
export interface Sample {
  /** Duration of each request in milliseconds. */
  times: number[];
  seconds: number;
  cpu: Record<string, number>;
}

/** Lets the clients send for some time. @throws the first failure, because figures with failures in them are useless. */
export const sample = async (plan: CellPlan): Promise<Sample> => {
  await runFor(plan, plan.warmupSeconds);
  const before = cpuOf(plan.parts);
  const started = performance.now();
  const times = await runFor(plan, plan.seconds);
  const seconds = (performance.now() - started) / 1_000;
  return { times, seconds, cpu: cpuBetween(before, cpuOf(plan.parts)) };
};

const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);

/** Combines samples into a cell. */
export const cellOf = (samples: readonly Sample[]): Measured => {
  const times = samples.flatMap((one) => one.times);
  const parts = Object.keys(samples[0]?.cpu ?? {});
  return {
    ...spreadOf(times),
    perSecond: times.length / sum(samples.map(({ seconds }) => seconds)),
    cpu: Object.fromEntries(parts.map((part) => [part, sum(samples.map(({ cpu }) => cpu[part] ?? 0)) / times.length])),
  };
};

/** Sends requests at a fixed rate without waiting for answers. Returns the result of each. */
export const pace = async <Result>(
  perSecond: number,
  seconds: number,
  request: (index: number) => Promise<Result>,
): Promise<Result[]> => {
  const started = performance.now();
  const results: Promise<Result>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    await sleep(Math.max(0, started + (index * 1_000) / perSecond - performance.now()));
    results.push(request(index));
  }
  return Promise.all(results);
};
