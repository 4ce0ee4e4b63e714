import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { during } from '../workload/workload.ts';

export const workerKilled: Fault = {
  id: 'F-01',
  name: 'the worker is killed in the middle of its work',
  async inject(arena, { random, nightly }) {
    const { worker } = arena.product;
    const kills = nightly ? 30 : 5;
    await during(arena, random, { lives: 0.6 }, async () => {
      for (let kill = 0; kill < kills; kill += 1) {
        await sleep(random.between(500, 2_000));
        await worker.part.kill();
        await worker.start();
      }
    });
    return { times: kills, recovery: null };
  },
};
