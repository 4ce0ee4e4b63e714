import { type MikroORM, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { openDatabase } from './orm.ts';
import { when } from './page.ts';
import { execute } from './prepared.ts';
import { question, type Write } from './statements.ts';
import { carryOut } from './transaction.ts';

let database: TestDatabase;
let orm: MikroORM;
beforeAll(async () => {
  database = await freshDatabase();
  // One connection: what is not given back is missed at once.
  orm = await openDatabase({ url: database.url, pool: 1, limits: true });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});
beforeEach(async () => {
  await execute(orm.em.fork(), 'delete from tracking.rotation');
  await execute(orm.em.fork(), `insert into tracking.rotation (role_key, last_user_id) values ('Turn', 1)`);
});

const turn = question<{ last: number }>(`select last_user_id as last from tracking.rotation where role_key = 'Turn'`);
const held = question(`select from tracking.rotation where role_key = 'Turn' for update`);
const turnNow = () => execute(orm.em.fork(), 'select last_user_id as last from tracking.rotation');
const setTo = (last: number): Write =>
  when(`update tracking.rotation set last_user_id = ? where role_key = 'Turn'`, last);
const again: Write = when(`insert into tracking.rotation (role_key) values (?)`, 'Turn');

const next = (write: (last: number) => readonly Write[]): Promise<number> =>
  carryOut(orm.em.fork(), {
    locks: { held },
    asked: { turn },
    decide: (_held, { turn: [found] }) => ({ result: found?.last ?? 0, writes: write(found?.last ?? 0) }),
  });

test('what is decided is written, and what stood before is what was asked', async () => {
  expect(await next((last) => [setTo(last + 1)])).toBe(1);
  expect(await turnNow()).toEqual([{ last: 2 }]);
});

test('of many at once each sees what the one before has written', async () => {
  const seen = await Promise.all(Array.from({ length: 8 }, () => next((last) => [setTo(last + 1)])));
  expect(seen.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('what is given is written with the questions and can be read by them', async () => {
  const given: Write = { as: 'moved', ...when(`update tracking.rotation set last_user_id = 7 returning last_user_id`) };
  const moved = question<{ last: number }>('select last_user_id as last from moved');
  const ask = (writes: readonly Write[]) =>
    carryOut(orm.em.fork(), {
      locks: { held },
      given: [given],
      asked: { moved },
      decide: (_held, { moved: [row] }) => ({ result: row?.last, writes }),
    });
  expect(await ask([])).toBe(7);
  expect(await turnNow()).toEqual([{ last: 1 }]);
  expect(await ask([when('select 1')])).toBe(7);
  expect(await turnNow()).toEqual([{ last: 7 }]);
});

test('a refusal takes everything back, and the next one has the connection', async () => {
  const refused = next(() => {
    throw new Error('refused');
  });
  await expect(refused).rejects.toThrow('refused');
  expect(await turnNow()).toEqual([{ last: 1 }]);
});

test('a write that fails takes everything back and is told as by any other statement', async () => {
  await expect(next(() => [setTo(5), again])).rejects.toThrow(UniqueConstraintViolationException);
  expect(await turnNow()).toEqual([{ last: 1 }]);
});

test('a question that cannot be asked takes everything back', async () => {
  const wrong = carryOut(orm.em.fork(), {
    locks: { held },
    asked: { none: question('select nothing from nowhere') },
    decide: () => ({ result: null, writes: [setTo(9)] }),
  });
  await expect(wrong).rejects.toThrow('nowhere');
  expect(await turnNow()).toEqual([{ last: 1 }]);
});
