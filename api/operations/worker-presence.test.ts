import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest';
import { queryOnce } from '../../dev/postgres-address.ts';
import { freshDatabase, type TestDatabase } from '../../tests/stack.ts';
import { until } from '../../tests/until.ts';
import { openDatabase } from '../db/orm.ts';
import { createLog } from './log.ts';
import { type Presence, presentQueues, showPresence } from './worker-presence.ts';

let database: TestDatabase;
let orm: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  orm = await openDatabase({ url: database.url, pool: 2, limits: true });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const queues = ['workflow', 'helpdesk', 'notification'];
const present = async () => [...(await presentQueues(orm.em.fork(), queues))].sort();
const untilPresent = (wanted: string[]) => until(async () => (await present()).join() === wanted.join());

const log = createLog('test', 'silent');
const show = (...served: string[]): Presence => {
  const presence = showPresence({ databaseUrl: database.url, queues: served, log });
  onTestFinished(() => presence.end());
  return presence;
};

test('a queue is served as long as one of its workers is there', async () => {
  expect(await present()).toEqual([]);
  const [all, one] = [show('workflow', 'helpdesk', 'notification'), show('helpdesk')];
  await untilPresent(['helpdesk', 'notification', 'workflow']);
  await all.end();
  await untilPresent(['helpdesk']);
  await one.end();
  await untilPresent([]);
});

const lockPids = async (): Promise<number[]> => {
  const rows = await orm.em.fork().execute<{ pid: number }[]>(
    `select pid from pg_locks l join pg_database d on d.oid = l.database
     where l.locktype = 'advisory' and d.datname = current_database()`,
  );
  return rows.map((row) => row.pid);
};

test('it is served again after PostgreSQL has cut the connection', async () => {
  show('workflow');
  await untilPresent(['workflow']);
  const [cut = 0] = await lockPids();
  await orm.em.fork().execute('select pg_terminate_backend(?)', [cut]);
  await until(async () => {
    const [pid] = await lockPids();
    return pid !== undefined && pid !== cut;
  });
  expect(await present()).toEqual(['workflow']);
});

test('and when PostgreSQL was not there at first', async () => {
  const name = new URL(database.url).pathname.slice(1);
  const allow = (whether: boolean) =>
    queryOnce(inject('adminDatabaseUrl'), `alter database ${name} allow_connections ${whether}`);
  await allow(false);
  const warn = vi.spyOn(log, 'warn');
  show('workflow');
  await until(() => warn.mock.calls.length > 0);
  expect(await present()).toEqual([]);
  await allow(true);
  await untilPresent(['workflow']);
});

const program = `
  import { createLog } from './log.ts';
  import { showPresence } from './worker-presence.ts';
  showPresence({ databaseUrl: process.env.DATABASE_URL, queues: ['workflow'], log: createLog('test', 'silent') });
`;

test.each(['SIGKILL', 'SIGSTOP'] as const)(
  'it is not served any more when its only worker gets a %s',
  async (signal) => {
    const worker = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...process.env, DATABASE_URL: database.url },
      stdio: 'ignore',
    });
    onTestFinished(() => void worker.kill('SIGKILL'));
    await untilPresent(['workflow']);
    worker.kill(signal);
    await untilPresent([]);
  },
);
