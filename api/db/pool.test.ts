import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { openDatabase } from './orm.ts';

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
