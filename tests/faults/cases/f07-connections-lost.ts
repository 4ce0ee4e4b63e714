import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import { endProductConnections, mostOfOneProcess, productConnections, waitingForLock } from '../arena/connections.ts';
import { eventually } from '../eventually.ts';
import type { Fault } from '../fault.ts';
import type { Random } from '../random.ts';
import { fillIn, sendUntilTaken } from '../workload/submission.ts';
import { during } from '../workload/workload.ts';

const placesOfPool = 16;
const stallMs = { short: 9_000, nightly: 30_000 };

/** Ends every connection of the product again and again; answers how many it ended, and how many it ever saw. */
const cutAgainAndAgain = async (arena: Arena, times: number): Promise<{ ended: number; most: number }> => {
  let [ended, most] = [0, 0];
  for (let time = 0; time < times; time += 1) {
    await sleep(1_000);
    most = Math.max(most, await productConnections(arena));
    ended += await endProductConnections(arena);
  }
  return { ended, most };
};

/** Holds up whoever looks for a session, until every place of the API's pool is taken by one who waits. */
const assertPoolIsWhole = async (arena: Arena): Promise<void> => {
  const { database, people } = arena;
  const readers = Array.from(
    { length: placesOfPool * 3 },
    (_, place) => people.employees[place % people.employees.length],
  );
  const assignee = await database.connect();
  try {
    await assignee.query('begin');
    await assignee.query('lock table auth.session in access exclusive mode');
    const reads = Promise.all(
      readers.map((reader) => reader?.ask({ kind: 'list', path: '/api/helpdesk/tickets?limit=1' })),
    );
    await eventually(
      `${placesOfPool} connections of the API wait at once`,
      async () => (await waitingForLock(arena)) === placesOfPool,
      10,
    ).finally(() => assignee.query('rollback'));
    await reads;
  } finally {
    assignee.release();
  }
};

/** Lets nothing pass any more, not even what is under way. Returns the seconds until all worked again. */
const stall = async (arena: Arena, random: Random, ms: number): Promise<number> => {
  const from = Date.now();
  arena.roads.database.stall();
  await sleep(ms);
  const to = Date.now();
  // What was on its way back from the API at that moment still comes.
  const met = arena.journal.operations.filter(({ ended }) => ended > from + 1_000 && ended <= to);
  assert.ok(met.length > 0, 'Nobody was answered while the connections stood still');
  for (const { kind, status } of met) assert.equal(status, 503, `A ${kind} over them answered ${status}`);
  arena.roads.database.resume();
  await sendUntilTaken(arena, fillIn(arena, random));
  await arena.drained(60);
  return (Date.now() - to) / 1_000;
};

export const connectionsLost: Fault = {
  id: 'F-07',
  name: 'all connections to PostgreSQL are ended again and again, then stand still',
  async inject(arena, { random, nightly }) {
    let [ended, most, back] = [0, 0, 0];
    await during(arena, random, { perSecond: nightly ? 4 : 2 }, async () => {
      const cut = await cutAgainAndAgain(arena, nightly ? 20 : 3);
      [ended, most] = [cut.ended, cut.most];
      back = await stall(arena, random, nightly ? stallMs.nightly : stallMs.short);
      most = Math.max(most, await productConnections(arena));
    });
    assert.ok(most <= 2 * mostOfOneProcess, `API and worker had ${most} connections`);
    await assertPoolIsWhole(arena);
    return { times: ended, recovery: back, notes: [`${ended} connections ended, ${most} at once at most`] };
  },
};
