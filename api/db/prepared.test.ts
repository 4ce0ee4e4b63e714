import { type MikroORM, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { openDatabase } from './orm.ts';
import { execute } from './prepared.ts';

let database: TestDatabase;
let orm: MikroORM;
beforeAll(async () => {
  database = await freshDatabase();
  orm = await openDatabase({ url: database.url, pool: 1, limits: true });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

test('a text is prepared once, whatever its values', async () => {
  const em = orm.em.fork();
  const text = 'select ?::int + ?::int as sum';
  for (const [one, other] of [
    [1, 2],
    [3, 4],
    [5, 6],
  ])
    expect(await execute(em, text, [one, other])).toEqual([{ sum: (one ?? 0) + (other ?? 0) }]);
  const prepared = await em.execute<{ plans: number }[]>(
    `select (generic_plans + custom_plans)::int as plans from pg_prepared_statements where statement like '%as sum'`,
  );
  expect(prepared).toEqual([{ plans: 3 }]);
});

test('no value is read as a part of the text', async () => {
  const value = `'; drop schema auth cascade; -- ? $1 \\`;
  expect(await execute(orm.em.fork(), 'select ?::text as same', [value])).toEqual([{ same: value }]);
});

test('it belongs to the transaction in which it is asked', async () => {
  const insert = `insert into tracking.rotation (role_key) values (?)`;
  const failed = orm.em.fork().transactional(async (em) => {
    await execute(em, insert, ['Taken back']);
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(
    await execute(orm.em.fork(), 'select role_key from tracking.rotation where role_key = ?', ['Taken back']),
  ).toEqual([]);
});

test('what PostgreSQL refuses is told as by any other statement', async () => {
  const insert = () => execute(orm.em.fork(), `insert into tracking.rotation (role_key) values (?)`, ['Twice']);
  await insert();
  await expect(insert()).rejects.toThrow(UniqueConstraintViolationException);
});
