import assert from 'node:assert/strict';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import type { Fault } from '../fault.ts';
import { type Span, within } from '../workload/span.ts';
import { fillIn, send, sendUntilTaken } from '../workload/submission.ts';
import { during } from '../workload/workload.ts';

const fullMs = { short: 4_000, nightly: 20_000 };
const backWithin = 10;

const filePath = `select pg_relation_filepath('outbox') as path`;

/** Renews the outbox's file while it is empty and nobody can open it, and does this with it. */
const renewOutbox = async ({ database, servers }: Arena, work: (file: string) => Promise<void>): Promise<boolean> => {
  const own = await database.connect();
  try {
    await own.query('begin');
    await own.query('lock table outbox in access exclusive mode');
    const { rows } = await own.query('select from outbox limit 1');
    if (rows.length > 0) return false;
    await own.query('truncate outbox');
    const found = await own.query<{ path: string }>(filePath);
    await work(join(servers.folder, 'postgres', found.rows[0]?.path ?? ''));
    await own.query('commit');
    return true;
  } finally {
    await own.query('rollback');
    own.release();
  }
};

const untilRenewed = async (arena: Arena, work: (file: string) => Promise<void>): Promise<void> => {
  while (!(await renewOutbox(arena, work))) await sleep(20);
};

/**
 * What the product writes into its outbox lands on a device that the system itself says is full. It needs no right to
 * mount anything, and leaves what is stored already as it is.
 */
const fillDisk = (arena: Arena): Promise<void> =>
  untilRenewed(arena, async (file) => {
    await rm(file);
    await symlink('/dev/full', file);
  });

const freeDisk = (arena: Arena): Promise<void> => untilRenewed(arena, () => Promise.resolve());

const refusalOf = async ({ database }: Arena): Promise<string> => {
  const own = await database.connect();
  try {
    await own.query('begin');
    await own.query(`insert into outbox (workflow_type, workflow_id, task_queue, args) values ('-', '-', '-', '[]')`);
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    await own.query('rollback');
    own.release();
  }
};

export const diskFull: Fault = {
  id: 'F-09',
  name: 'PostgreSQL has no room left on its disk',
  async inject(arena, { random, nightly }) {
    const span: Span = { from: 0, to: 0 };
    let back = 0;
    await during(arena, random, { perSecond: nightly ? 6 : 3 }, async () => {
      await fillDisk(arena);
      try {
        assert.equal(await refusalOf(arena), '53100', 'PostgreSQL does not find its disk full');
        span.from = Date.now();
        const submission = fillIn(arena, random);
        const refused = await send(submission);
        assert.equal(refused.status, 503, `A submission was answered ${refused.status}`);
        assert.notEqual(refused.retryAfter, null);
        const { employees } = arena.people;
        await random.pick(employees).ask({ kind: 'list', path: '/api/helpdesk/tickets?limit=5' });
        await sleep(nightly ? fullMs.nightly : fullMs.short);
        span.to = Date.now();
        await freeDisk(arena);
        assert.ok(await sendUntilTaken(arena, submission), 'The same submission was not taken later');
        await arena.drained(60);
        back = (Date.now() - span.to) / 1_000;
      } finally {
        await freeDisk(arena);
      }
    });
    const meanwhile = within(arena.journal.operations, span);
    const submissions = meanwhile.filter(({ kind }) => kind === 'submit');
    const readings = meanwhile.filter(({ kind }) => kind === 'list' || kind === 'read');
    assert.ok(submissions.length > 0 && readings.length > 0, 'Nothing was asked while the disk was full');
    for (const { status } of submissions) assert.equal(status, 503, `A submission was answered ${status}`);
    for (const { status, kind } of readings) assert.equal(status, 200, `A ${kind} was answered ${status}`);
    assert.ok(back <= backWithin, `It took ${back.toFixed(1)} s after there was room again`);
    return { times: submissions.length, recovery: back };
  },
};
