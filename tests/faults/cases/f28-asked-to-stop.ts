import { setTimeout as sleep } from 'node:timers/promises';
import { stopGracefully } from '../arena/stop-gracefully.ts';
import type { Fault } from '../fault.ts';
import { during } from '../workload/workload.ts';

export const askedToStop: Fault = {
  id: 'F-28',
  name: 'API and worker are asked to stop in the middle of their work',
  // F-16 asks both to stop while tickets are being worked on.
  nightlyOnly: true,
  async inject(arena, { random, nightly }) {
    const repeats = nightly ? 10 : 1;
    let slowest = 0;
    await during(arena, random, {}, async () => {
      for (let time = 0; time < repeats; time += 1) {
        for (const part of [arena.product.worker, arena.product.api]) {
          await sleep(random.between(500, 1_500));
          slowest = Math.max(slowest, await stopGracefully(part));
          await part.start();
        }
      }
    });
    return { times: repeats * 2, recovery: null, notes: [`the slower of both stopped within ${slowest.toFixed(1)} s`] };
  },
};
