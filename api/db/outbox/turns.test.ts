import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk } from '../../../tests/desk.ts';
import { type Priority, priorities } from '../../temporal/priorities.ts';
import { claimDue, dueRows, putOff, settle } from './claim.ts';
import { enqueue } from './enqueue.ts';
import { outbox } from './outbox.tables.ts';

// In which order the relay takes what waits. Everything here is committed before the relay looks.

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => em().execute('delete from outbox'));
afterAll(() => desk.close());

const em = () => desk.context.orm.em.fork();

const commit = (fairnessKey: string, count: number, priority: Priority = priorities.people): Promise<void> =>
  em().transactional(async (tx) => {
    for (let some = 0; some < count; some += 1)
      enqueue(tx, {
        ...{ workflowType: 'anything', workflowId: randomUUID(), taskQueue: 'nobody-polls', args: [] },
        ...{ priority, fairnessKey },
      });
  });

/** Whose workflows the relay starts next. */
const take = (count: number): Promise<string[]> =>
  em().transactional(async (tx) => {
    const rows = await claimDue(tx, count);
    await settle(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.map(({ fairnessKey }) => fairnessKey);
  });

test('who comes after one person’s flood is next, and then takes turns with it', async () => {
  await commit('flood', 100);
  await commit('ann', 1);
  await commit('bob', 2);
  expect(await take(8)).toEqual(['flood', 'ann', 'bob', 'flood', 'bob', 'flood', 'flood', 'flood']);
});

test('also when much of the flood has been served', async () => {
  await commit('flood', 100);
  await take(60);
  await commit('ann', 3);
  expect(await take(6)).toEqual(['flood', 'ann', 'flood', 'ann', 'flood', 'ann']);
});

test('who comes again and again does not go before those who wait', async () => {
  await commit('ann', 10);
  await commit('bob', 10);
  const served: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    await commit('bob', 1);
    served.push(...(await take(2)));
  }
  expect(served.filter((key) => key === 'ann')).toHaveLength(10);
});

test('roles go before people, and people before what nobody waits for', async () => {
  await commit('seeds', 3, priorities.bulk);
  await commit('ann', 2);
  await commit('roles', 2, priorities.roles);
  await commit('bob', 1);
  expect(await take(8)).toEqual(['roles', 'roles', 'ann', 'bob', 'ann', 'seeds', 'seeds', 'seeds']);
});

test('what could not be started yet holds up nothing else', async () => {
  await commit('ann', 1);
  await em().transactional(async (tx) => {
    for (const row of await claimDue(tx, 1)) await putOff(tx, row, new Error('Temporal is away'));
  });
  await commit('bob', 1);
  expect(await take(8)).toEqual(['bob']);
});

describe('with ten thousand waiting rows', () => {
  const explain = async (query: ReturnType<typeof sql>): Promise<string> => {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(outbox(em()));
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const fill = async (): Promise<void> => {
    await em().execute(
      `insert into outbox (workflow_type, workflow_id, task_queue, args, fairness_key)
         select 'anything', 'w' || n, 'nobody-polls', '[]', 'user:' || n % 500 from generate_series(1, 10000) as n`,
    );
    await em().execute('analyze outbox');
  };

  test('the next ones are read from an index in their order', async () => {
    await fill();
    const plan = await explain(sql`${dueRows(em(), 8)}`);
    expect(plan).toContain('Index Scan using outbox_order');
    expect(plan).toMatch(/Index Cond: .*next_try_at/);
    expect(plan).not.toContain('Sort');
  });

  test('a new row finds its turn, and a command its row, in an index', async () => {
    await fill();
    const lowest = sql`select min(turn) from outbox where priority = 3`;
    const highest = sql`select max(turn) from outbox where priority = 3 and fairness_key = 'user:7'`;
    const one = sql`select id from outbox where workflow_id = 'w77'`;
    expect(await explain(lowest)).toContain('Index Only Scan using outbox_order');
    expect(await explain(highest)).toContain('Index Only Scan Backward using outbox_turns');
    expect(await explain(one)).toContain('outbox_workflow_id_index');
  });
});
