import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProxy } from '../../tests/proxy.ts';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { openDatabase } from './orm.ts';
import { endSilentConnections, releaseDeadConnections, WatchedClient } from './pool.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('transactions whose connection is cut do not use up the pool', async () => {
  const orm = await openDatabase({ url: database.url, pool: 2, limits: true });
  const cutOnce = () =>
    orm.em.fork().transactional(async (em) => {
      const [row] = await em.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
      await orm.em.fork().execute('select pg_terminate_backend(?)', [row?.pid]);
      await em.execute('select 1');
    });
  for (let cut = 0; cut < 5; cut += 1) await expect(cutOnce()).rejects.toThrow();
  expect(await orm.em.fork().execute('select 1 as here')).toEqual([{ here: 1 }]);
  await orm.close();
});

test('a connection on which nothing passes any more is given up, and one that only rests is kept', async () => {
  const url = new URL(database.url);
  const road = await startProxy(url.host);
  url.host = road.address;
  const pool = new Pool({ connectionString: url.href, max: 1, Client: WatchedClient });
  pool.on('error', () => undefined);
  releaseDeadConnections(pool);
  const silence = 200;
  endSilentConnections(pool, silence);
  const own = async (): Promise<number> => (await pool.query('select pg_backend_pid() as pid')).rows[0].pid;
  const first = await own();
  await sleep(2 * silence);
  expect(await own()).toBe(first);
  road.stall();
  await expect(own()).rejects.toThrow('PostgreSQL does not answer');
  road.resume();
  expect(await own()).not.toBe(first);
  await pool.end();
  await road.cut();
});
