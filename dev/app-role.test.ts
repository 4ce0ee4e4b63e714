import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { adminDatabaseUrl, databaseUrl, queryOnce } from './postgres-address.ts';
import { createSupervisor, type Supervisor } from './processes.ts';

let home: string;
let port: number;
let supervisor: Supervisor;

const start = async (): Promise<void> => {
  supervisor = createSupervisor({ say: () => undefined, firstDelayMs: 600_000 });
  const settings = { fsync: 'off' };
  await startPostgres({ supervisor, port, folder: join(home, 'postgres'), logFile: join(home, 'log'), settings });
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'app-role-'));
  await chmod(home, 0o711);
  [port = 0] = await freePorts(1);
  await start();
});
afterAll(async () => {
  await supervisor.stopAll();
  await rm(home, { recursive: true, force: true });
});

const asApp = (query: string) => queryOnce(databaseUrl(port), query);
const asSuperuser = (query: string) => queryOnce(adminDatabaseUrl(port, 'tickets'), query);

test('the role of the product owns its database and has no other right on the server', async () => {
  const rights = 'rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls';
  expect(await asApp(`select ${rights} from pg_roles where rolname = current_user`)).toEqual([
    { rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false, rolbypassrls: false },
  ]);
  await asApp('create schema own');
  for (const extension of ['pg_trgm', 'unaccent']) await asApp(`create extension ${extension}`);
  await expect(asApp("select pg_read_file('postgresql.conf')")).rejects.toThrow('permission denied');
});

const owners = `
  select 'database' as what, datdba::regrole::text as owner from pg_database where datname = current_database()
  union select 'schema', nspowner::regrole::text from pg_namespace where nspname = 'older'
  union select relname, relowner::regrole::text from pg_class where relnamespace = 'older'::regnamespace
  union select typname, typowner::regrole::text from pg_type where typname = 'mood'
  union select proname, proowner::regrole::text from pg_proc where pronamespace = 'older'::regnamespace
  order by 1`;

test('the data of a release that used the superuser goes to it at the next start, and goes on', async () => {
  await asSuperuser(`
    create schema older;
    create type older.mood as enum ('calm');
    create sequence older.numbers;
    create table older.ticket (id int generated always as identity primary key, mood older.mood);
    create table older.outbox (id serial primary key);
    create view older.calm as select * from older.ticket;
    create function older.one() returns int language sql return 1;
    insert into older.ticket (mood) values ('calm');
    alter database tickets owner to tickets`);
  await expect(asApp('select * from older.ticket')).rejects.toThrow('permission denied');
  await supervisor.stopAll();
  await start();
  const found = (await asSuperuser(owners)) as { what: string; owner: string }[];
  expect(found.length).toBeGreaterThan(8);
  expect(found.filter(({ owner }) => owner !== 'app')).toEqual([]);
  await asApp('alter table older.ticket add column more text');
  expect(await asApp('select mood, more from older.calm c natural join older.ticket')).toEqual([
    { mood: 'calm', more: null },
  ]);
});
