import assert from 'node:assert/strict';
import { setTrap } from '../arena/trap.ts';
import type { Fault } from '../fault.ts';
import { fillIn, send, sendUntilTaken } from '../workload/submission.ts';

const atOnce = 12;

export const apiKilledBeforeAnswer: Fault = {
  id: 'F-03',
  name: 'the API is killed after it has taken a ticket in and before it says so',
  async inject(arena, { random, nightly }) {
    const { api } = arena.product;
    const kills = nightly ? 100 : 3;
    let takenUnheard = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      let dying: Promise<void> | undefined;
      const trap = await setTrap(api.url, () => {
        dying ??= api.part.kill();
      });
      const forms = Array.from({ length: atOnce }, () => fillIn(arena, random));
      const answers = await Promise.all(forms.map((form) => send(form, trap.url)));
      assert.ok(
        answers.every(({ status }) => status === null),
        'An answer got through before the kill',
      );
      await trap.snapped;
      await dying;
      await trap.close();
      const { rows } = await arena.database.query('select from helpdesk.ticket where idempotency_key = any($1)', [
        forms.map(({ key }) => key),
      ]);
      takenUnheard += rows.length;
      await api.start();
      await Promise.all(forms.map((form) => sendUntilTaken(arena, form)));
    }
    assert.ok(takenUnheard >= kills, 'No ticket was taken in before the kill');
    return {
      times: kills,
      recovery: null,
      notes: [`${takenUnheard} tickets had been taken in when the answer was lost`],
    };
  },
};
