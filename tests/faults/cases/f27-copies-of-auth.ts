import assert from 'node:assert/strict';
import type { MikroORM } from '@mikro-orm/postgresql';
import { openDatabase } from '../../../api/db/orm.ts';
import type { Arena } from '../arena/arena.ts';
import { unfinishedWorkflows } from '../checker/workflows.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import { type Changing, changeSomething, makePeople, renameRole, ttsRoles } from '../roles/changing-people.ts';
import { bringAgain, differences, snapshotsOf } from '../roles/copies.ts';
import { submit } from '../workload/submission.ts';

/** The very next request goes by what auth says now, whatever has reached the copies. */
const assertHeard = async ({ person, tts, coordinates }: Changing, foreign: string): Promise<void> => {
  const desk = await person.ask({ kind: 'read', path: '/api/tracking/tasks' });
  assert.equal(desk.status, tts.size > 0 ? 200 : 403, `The desk answered ${desk.status} to ${[...tts]}`);
  const ticket = await person.ask({ kind: 'read', path: `/api/helpdesk/tickets/${foreign}` });
  const sees = coordinates || tts.size > 0;
  assert.equal(ticket.status === 200, sees, `A foreign ticket answered ${ticket.status} to ${person.email}`);
};

const waitingIn = async ({ database }: Arena): Promise<number> =>
  (await database.query<{ count: number }>('select count(*)::int as count from outbox')).rows[0]?.count ?? 0;

interface Outage {
  arena: Arena;
  orm: MikroORM;
  people: readonly Changing[];
  random: Random;
  foreign: string;
}

const changeWhileDown = async ({ arena, orm, people, random, foreign }: Outage, changes: number): Promise<number> => {
  let revoked = 0;
  for (let change = 0; change < changes; change += 1) {
    const done = await changeSomething(orm, random, people);
    if (done.revoked) revoked += 1;
    await assertHeard(done.who, foreign);
  }
  // One of them owns steps: the tickets on them go on.
  const { rows } = await arena.database.query<{ id: number }>('select id from auth.role where key = any($1)', [
    [ttsRoles[0], 'asset_manager'],
  ]);
  for (const { id } of rows) await renameRole(orm, id, random);
  return revoked;
};

const inOutage = async (arena: Arena, orm: MikroORM, random: Random, changes: number): Promise<string> => {
  const foreign = (await submit(arena, random))?.number ?? '';
  const people = await makePeople(arena, orm, 6);
  const outage = { arena, orm, people, random, foreign };
  await arena.drained();
  await eventually('the copies are whole', async () => (await differences(arena)).length === 0);
  const old = await snapshotsOf(arena, orm);

  await arena.temporal.kill();
  let revoked = await changeWhileDown(outage, changes / 2);
  const kept = await waitingIn(arena);
  assert.ok(kept >= changes / 2, `Only ${kept} starts waited while Temporal was away`);
  await arena.product.worker.part.kill();
  arena.temporal.start();
  await eventually('the outbox is empty', async () => (await waitingIn(arena)) === 0);
  const halfWay = await snapshotsOf(arena, orm);
  revoked += await changeWhileDown(outage, changes / 2);
  await eventually('the outbox is empty', async () => (await waitingIn(arena)) === 0);
  const waiting = (await unfinishedWorkflows(arena)).length;
  assert.ok(waiting >= changes, `Only ${waiting} workflows waited while the worker was away`);
  assert.ok((await differences(arena)).length > 0, 'The copies were equal while nobody could make them');
  await arena.heal();

  const recovery = await eventually(
    'all copies are equal to auth',
    async () => (await differences(arena)).length === 0,
  );
  await eventually('every sync has ended', async () => (await unfinishedWorkflows(arena)).length === 0);
  for (const late of [halfWay, old])
    assert.equal(await bringAgain(orm, late), 0, 'An older version was taken for a newer one');
  assert.deepEqual(await differences(arena), [], 'An older version has overwritten a newer one');
  for (const who of people) await assertHeard(who, foreign);
  assert.ok(revoked > 0, 'No role was taken away');
  return `${revoked} roles taken away took effect on the next request; equal ${recovery.toFixed(1)} s after the outage`;
};

export const copiesOfAuth: Fault = {
  id: 'F-27',
  name: 'roles change while Temporal is away, and then the worker: nobody can copy them',
  async inject(arena, { random, nightly }) {
    const changes = nightly ? 200 : 24;
    const orm = await openDatabase({ url: arena.servers.databaseUrl, pool: 4, limits: false });
    try {
      const note = await inOutage(arena, orm, random, changes);
      return { times: changes, recovery: null, notes: [note] };
    } finally {
      await orm.close();
    }
  },
};
