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
