import { setTimeout as sleep } from 'node:timers/promises';
import { cpuBetween, cpuOf, type Parts } from './processes.ts';
import { type Spread, spreadOf } from './spread.ts';

/** One measured cell: so many clients, each sending its next request when the last one is answered. */
export interface Measured extends Spread {
  perSecond: number;
  /** Milliseconds of CPU for one request, by part. */
  cpu: Record<string, number>;
}

export interface CellPlan {
  clients: number;
  seconds: number;
  warmupSeconds: number;
  parts: Parts;
  /** Sends one request and settles when it is answered; the time until then is what counts. */
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
  // All of them must have ended before a failure is told, or they would disturb what comes next.
  const results = await Promise.allSettled(Array.from({ length: plan.clients }, (_, client) => work(client)));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return times;
};

/** What some time of measuring has shown. */
export interface Sample {
  /** Milliseconds of each request. */
  times: number[];
  seconds: number;
  cpu: Record<string, number>;
}

/** Lets the clients send for so long. @throws what any request throws: a figure with failures in it says nothing. */
export const sample = async (plan: CellPlan): Promise<Sample> => {
  await runFor(plan, plan.warmupSeconds);
  const before = cpuOf(plan.parts);
  const started = performance.now();
  const times = await runFor(plan, plan.seconds);
  const seconds = (performance.now() - started) / 1_000;
  return { times, seconds, cpu: cpuBetween(before, cpuOf(plan.parts)) };
};

const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);

/** The cell that was measured in these samples. */
export const cellOf = (samples: readonly Sample[]): Measured => {
  const times = samples.flatMap((one) => one.times);
  const parts = Object.keys(samples[0]?.cpu ?? {});
  return {
    ...spreadOf(times),
    perSecond: times.length / sum(samples.map(({ seconds }) => seconds)),
    cpu: Object.fromEntries(parts.map((part) => [part, sum(samples.map(({ cpu }) => cpu[part] ?? 0)) / times.length])),
  };
};

/** Sends requests at a fixed pace, whether or not the earlier ones are answered; gives what each of them gives. */
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
