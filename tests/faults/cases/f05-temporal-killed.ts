import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { median } from '../median.ts';
import { type Span, secondsOf, sentWithin, within } from '../workload/between.ts';
import { during } from '../workload/workload.ts';

/** Most commands: the call's 4.5 s, and the pause that the client may be in when they are over. */
const answeredWithin = 6.5;
const drainedWithin = 60;

export const temporalKilled: Fault = {
  id: 'F-05',
  name: 'Temporal is killed and stays away for five seconds',
  async inject(arena, { random, nightly }) {
    const kills = nightly ? 10 : 3;
    const spans: Span[] = [];
    await during(arena, random, {}, async () => {
      for (let kill = 0; kill < kills; kill += 1) {
        await sleep(random.between(1_000, 3_000));
        await arena.temporal.kill();
        const from = Date.now();
        await sleep(5_000);
        spans.push({ from, to: Date.now() });
        await arena.heal();
      }
    });
    const operations = spans.flatMap((span) => sentWithin(arena.journal.operations, span));
    const commands = operations.filter(({ kind }) => kind === 'command');
    assert.ok(commands.length > 0, 'No command was sent while Temporal was away');
    assert.ok(
      commands.every(({ status }) => status !== null),
      'A command got no answer',
    );
    const usual = median(commands.map(secondsOf));
    assert.ok(usual <= answeredWithin, `A command was usually answered after ${usual.toFixed(1)} s`);
    assert.ok(
      commands.some(({ status }) => status === 503),
      'No command was refused while Temporal was away',
    );
    const rest = spans
      .flatMap((span) => within(arena.journal.operations, span))
      .filter(({ kind }) => kind !== 'command');
    for (const kind of ['submit', 'read'] as const) {
      const own = rest.filter((operation) => operation.kind === kind);
      assert.ok(own.length > 0, `There was no ${kind} while Temporal was away`);
      assert.ok(
        own.every(({ outcome }) => outcome === 'ok'),
        `A ${kind} failed although it needs PostgreSQL alone`,
      );
    }
    const recovery = await arena.drained(drainedWithin);
    return { times: kills, recovery };
  },
};
