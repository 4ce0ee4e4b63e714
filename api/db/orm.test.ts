import type { MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { Notification } from '../notification/notification.entity.ts';
import { notification } from '../notification/notification.tables.ts';
import { openDatabase } from './orm.ts';

let database: TestDatabase;
let orm: MikroORM;
beforeAll(async () => {
  database = await freshDatabase();
  orm = await openDatabase({ url: database.url, pool: 2, limits: true });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const at = new Date('2026-03-29T00:59:59.123Z');
const readAt = new Date('2026-10-25T01:30:00.007Z');

test('an instant is the same date for the unit of work and for the query builder, to the millisecond', async () => {
  const words = { kind: 'opened', title: '', body: '', ticket: 'TX1', link: '/' } as const;
  await orm.em.fork().insert(Notification, { userId: 1, eventKey: 'one', ...words, createdAt: at });
  const em = orm.em.fork();
  const read = await em.findOneOrFail(Notification, { eventKey: 'one' });
  expect(read).toMatchObject({ createdAt: at, readAt: null });
  read.readAt = readAt;
  await em.flush();
  const found = await orm.em.fork().findOneOrFail(Notification, { createdAt: at });
  expect(found).toMatchObject({ createdAt: at, readAt });
  const built = notification(em).selectFrom('notification.notification').select(['created_at', 'read_at']);
  expect(await built.where('read_at', '=', readAt).execute()).toEqual([{ created_at: at, read_at: readAt }]);
});

test('a day stays text', async () => {
  const day = sql<{ day: string }>`select '2026-03-29'::date as day`;
  expect((await day.execute(orm.em.fork().getKysely())).rows).toEqual([{ day: '2026-03-29' }]);
});
