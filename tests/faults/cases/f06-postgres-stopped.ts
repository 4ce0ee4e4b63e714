import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import { type Span, within } from '../workload/between.ts';
import { fillIn, sendUntilTaken } from '../workload/life.ts';
import { during } from '../workload/workload.ts';

const outageMs = { short: 5_000, nightly: 10_000 };
const backWithin = 10;

export const postgresStopped: Fault = {
  id: 'F-06',
  name: 'PostgreSQL ends at once, without a word to anybody, and comes back',
  async inject(arena, { random, nightly }) {
    const { api } = arena.product;
    const pids = [api.part.pid(), arena.product.worker.part.pid()];
    const span: Span = { from: 0, to: 0 };
    const statusOf = async (path: string): Promise<number> => (await fetch(`${api.url}${path}`)).status;
    let back = 0;
    await during(arena, random, { perSecond: 10 }, async () => {
      await sleep(random.between(500, 1_500));
      await arena.postgres.kill('SIGQUIT');
      span.from = Date.now();
      const end = span.from + (nightly ? outageMs.nightly : outageMs.short);
      assert.equal(await statusOf('/healthz'), 200, 'The API does not live without PostgreSQL');
      assert.equal(await statusOf('/readyz'), 503, 'The API calls itself ready without PostgreSQL');
      await sleep(Math.max(0, end - Date.now()));
      span.to = Date.now();
      await arena.heal();
      const started = performance.now();
      const { rows } = await arena.database.query<{ id: number }>('select coalesce(max(id), 0)::int as id from outbox');
      const latest = rows[0]?.id;
      await sendUntilTaken(arena, fillIn(arena, random));
      // Mails go at their own pace: their pauses are for a mail server that is away.
      await eventually('every flow is started', async () => {
        const { rows } = await arena.database.query(
          `select from outbox where workflow_type = 'ticketLifecycle' and id <= $1`,
          [latest],
        );
        return rows.length === 0;
      });
      back = (performance.now() - started) / 1_000;
    });
    assert.deepEqual([api.part.pid(), arena.product.worker.part.pid()], pids, 'A process had to be started again');
    const meanwhile = within(arena.journal.operations, span);
    assert.ok(meanwhile.length > 0, 'Nothing was asked while PostgreSQL was away');
    for (const { kind, status } of meanwhile) assert.equal(status, 503, `A ${kind} answered ${status}`);
    assert.ok(back <= backWithin, `It took ${back.toFixed(1)} s after PostgreSQL was back`);
    return { times: 1, recovery: back };
  },
};
