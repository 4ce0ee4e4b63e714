import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { during } from '../workload/workload.ts';

const stopsWithin = 15;

export const askedToStop: Fault = {
  id: 'F-28',
  name: 'API and worker are asked to stop in the middle of their work',
  async inject(arena, { random, nightly }) {
    const repeats = nightly ? 10 : 1;
    let slowest = 0;
    await during(arena, random, {}, async () => {
      for (let time = 0; time < repeats; time += 1) {
        for (const part of [arena.product.worker, arena.product.api]) {
          await sleep(random.between(500, 1_500));
          const started = performance.now();
          const code = await part.part.end();
          const seconds = (performance.now() - started) / 1_000;
          assert.equal(code, 0, `${part.part.spec.name} ended with code ${code}`);
          assert.ok(seconds <= stopsWithin, `${part.part.spec.name} took ${seconds.toFixed(1)} s to stop`);
          slowest = Math.max(slowest, seconds);
          await part.start();
        }
      }
    });
    return { times: repeats * 2, recovery: null, notes: [`the slower of both stopped within ${slowest.toFixed(1)} s`] };
  },
};
