import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import { hasWorkflow } from '../arena/runs.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import { commandKey } from '../workload/command-key.ts';
import { type Span, within } from '../workload/span.ts';
import { fillIn, sendUntilTaken, submit } from '../workload/submission.ts';
import { during } from '../workload/workload.ts';

const outageMs = { short: 5_000, nightly: 10_000 };
const backWithin = 10;

const notesOn = async ({ database }: Arena, ticket: string): Promise<number> => {
  const { rows } = await database.query<{ count: number }>(
    'select count(*)::int as count from messaging.note where ticket_number = $1',
    [ticket],
  );
  return rows[0]?.count ?? 0;
};

/**
 * PostgreSQL ends when it has the note that goes with a command, and before the workflow has heard of the command. The
 * note is still there afterwards, and the command is carried out.
 */
const endsAfterNote = async (arena: Arena, random: Random): Promise<void> => {
  const { postgres } = arena;
  const worker = arena.product.worker.part;
  const submitted = await submit(arena, random);
  assert.ok(submitted);
  const { number: ticket, requester } = submitted;
  await eventually('its workflow is there', () => hasWorkflow(arena, ticket));
  // A mail that was just being sent could come twice: this is not about mails.
  await arena.drained();
  worker.freeze();
  const path = `/api/helpdesk/tickets/${ticket}/withdraw`;
  const body = { version: 0, reason: 'No longer needed.' };
  const command = { kind: 'command', command: 'withdraw', ticket, path, body, key: commandKey() } as const;
  const answer = requester.ask(command);
  await eventually('the note is written', async () => (await notesOn(arena, ticket)) > 0);
  await postgres.kill('SIGQUIT');
  postgres.start();
  await eventually('PostgreSQL has the note still', async () => (await notesOn(arena, ticket)) === 1);
  worker.thaw();
  await answer;
  // Whoever got no answer sends the same command again, under the same key.
  await eventually('the ticket is withdrawn', async () => (await requester.ask(command)).status === 200);
};

export const postgresStopped: Fault = {
  id: 'F-06',
  name: 'PostgreSQL ends at once, without a word to anybody, and comes back',
  async inject(arena, { random, nightly }) {
    const { api } = arena.product;
    const pids = [api.part.pid(), arena.product.worker.part.pid()];
    const span: Span = { from: 0, to: 0 };
    const statusOf = async (path: string): Promise<number> => (await fetch(`${api.url}${path}`)).status;
    let back = 0;
    await during(arena, random, { perSecond: nightly ? 10 : 5 }, async () => {
      await sleep(random.between(500, 1_500));
      await arena.postgres.kill('SIGQUIT');
      span.from = Date.now();
      const end = span.from + (nightly ? outageMs.nightly : outageMs.short);
      assert.equal(await statusOf('/healthz'), 200, 'The API is not alive without PostgreSQL');
      assert.equal(await statusOf('/readyz'), 503, 'The API calls itself ready without PostgreSQL');
      await sleep(Math.max(0, end - Date.now()));
      span.to = Date.now();
      await arena.heal();
      const started = performance.now();
      const { rows } = await arena.database.query<{ id: number }>('select coalesce(max(id), 0)::int as id from outbox');
      const latest = rows[0]?.id;
      await sendUntilTaken(arena, fillIn(arena, random));
      // Mails go at their own pace: their pauses are for a mail server that is away.
      await eventually('every workflow is started', async () => {
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
    await endsAfterNote(arena, random);
    return { times: 2, recovery: back, notes: ['the note of a command outlived PostgreSQL'] };
  },
};
