import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './orm.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('the migrations make exactly what the entities describe', async () => {
  const orm = await openDatabase({ url: database.url, pool: 2, limits: false });
  try {
    expect((await orm.schema.getUpdateSchemaSQL({ wrap: false })).trim()).toBe('');
  } finally {
    await orm.close();
  }
});

test('migrating a migrated database changes nothing', async () => {
  expect(await migrate(database.url)).toEqual([]);
});
