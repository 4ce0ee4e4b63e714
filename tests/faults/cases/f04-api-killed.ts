import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { fillIn, send } from '../workload/submission.ts';
import { during } from '../workload/workload.ts';

export const apiKilled: Fault = {
  id: 'F-04',
  name: 'the API is killed at any moment, and nobody tries again',
  // F-03 kills the API between taking a ticket in and saying so, F-30 at any moment while people submit once or again.
  nightlyOnly: true,
  async inject(arena, { random, nightly }) {
    const { api } = arena.product;
    const kills = nightly ? 30 : 3;
    let over = false;
    let unheard = 0;
    const tryOnce = async (own: typeof random): Promise<void> => {
      while (!over) {
        const { outcome } = await send(fillIn(arena, own));
        if (outcome === 'unknown') unheard += 1;
        await sleep(outcome === 'unknown' ? 100 : 60);
      }
    };
    const impatient = [1, 2].map(() => tryOnce(random.fork()));
    await during(arena, random, { handled: 2, submitters: 0 }, async () => {
      for (let kill = 0; kill < kills; kill += 1) {
        await sleep(random.between(200, 900));
        await api.part.kill();
        await api.start();
      }
    });
    over = true;
    await Promise.all(impatient);
    assert.ok(unheard > 0, 'No submission was hit by a kill');
    return { times: kills, recovery: null, notes: [`${unheard} submissions were tried once and heard nothing`] };
  },
};
