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

/** Runs a cell. @throws what any request throws: a figure with failures in it says nothing. */
export const measure = async (plan: CellPlan): Promise<Measured> => {
  await runFor(plan, plan.warmupSeconds);
  const before = cpuOf(plan.parts);
  const started = performance.now();
  const times = await runFor(plan, plan.seconds);
  const seconds = (performance.now() - started) / 1_000;
  return summary(times, seconds, cpuBetween(before, cpuOf(plan.parts)));
};

const summary = (times: number[], seconds: number, cpu: Record<string, number>): Measured => ({
  ...spreadOf(times),
  perSecond: times.length / seconds,
  cpu: Object.fromEntries(Object.entries(cpu).map(([part, ms]) => [part, ms / times.length])),
});

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
