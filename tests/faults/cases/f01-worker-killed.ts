import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { nextStepAfter } from '../workload/recovery.ts';
import { during } from '../workload/workload.ts';

const nextStepWithin = 10;

export const workerKilled: Fault = {
  id: 'F-01',
  name: 'one of two workers is killed in the middle of its work',
  async inject(arena, { random, nightly }) {
    const second = await arena.product.add('activities/worker.ts');
    const kills = nightly ? 30 : 3;
    const blows: number[] = [];
    await during(arena, random, {}, async () => {
      for (let kill = 0; kill < kills; kill += 1) {
        await sleep(random.between(500, 2_000));
        const victim = random.pick([arena.product.worker, second]);
        blows.push(Date.now());
        await victim.part.kill();
        await victim.start();
      }
    });
    await second.part.end();
    const steps = nextStepAfter(arena.journal.operations, blows).flatMap((seconds) => seconds ?? []);
    assert.ok(steps.length > 0, 'No kill has hit a ticket whose command was under way');
    const slowest = Math.max(...steps);
    assert.ok(slowest <= nextStepWithin, `A ticket took its next step ${slowest.toFixed(1)} s after the kill`);
    return { times: kills, recovery: slowest };
  },
};
