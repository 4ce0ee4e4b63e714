import { expect, test } from 'vitest';
import { each } from '../../rig/each.ts';
import { cellOf, sample } from './cell.ts';
import { cpuOf, memoryOf } from './processes.ts';
import { percentile, spreadOf } from './spread.ts';

test('a percentile is one of the measured values', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([50, 95, 99, 100]);
  expect(spreadOf([3, 1, 2])).toEqual({ count: 3, p50: 2, p95: 3, p99: 3, max: 3 });
});

test('each client sends one request at a time', async () => {
  const running = [0, 0];
  const highest = [0, 0];
  const measured = await sample({
    clients: 2,
    seconds: 0.05,
    warmupSeconds: 0,
    parts: {},
    async request(client) {
      running[client] = (running[client] ?? 0) + 1;
      highest[client] = Math.max(highest[client] ?? 0, running[client] ?? 0);
      await new Promise((resolve) => setImmediate(resolve));
      running[client] = (running[client] ?? 0) - 1;
    },
  });
  const { count, perSecond } = cellOf([measured]);
  expect(highest).toEqual([1, 1]);
  expect(count).toBeGreaterThan(2);
  expect(perSecond).toBeGreaterThan(0);
});

test('a failed request fails the cell', async () => {
  const request = async (): Promise<void> => {
    throw new Error('answered 500');
  };
  await expect(sample({ clients: 3, seconds: 1, warmupSeconds: 0, parts: {}, request })).rejects.toThrow('500');
});

test('each item of a list is processed once', async () => {
  const seen: number[] = [];
  await each([1, 2, 3, 4, 5], 2, async (item) => {
    await null;
    seen.push(item);
  });
  expect(seen.toSorted()).toEqual([1, 2, 3, 4, 5]);
});

test('CPU and memory of a running process are measured, and of one that has ended they are zero', async () => {
  const parts = { mine: [process.pid], gone: [2 ** 22 + 1] };
  const { mine, gone } = cpuOf(parts);
  expect([mine && mine > 0, gone]).toEqual([true, 0]);
  expect(await memoryOf(parts)).toMatchObject({ mine: expect.any(Number), gone: 0 });
});
