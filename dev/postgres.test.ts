import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { freePorts } from './ports.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { databaseUrl, queryOnce } from './postgres-address.ts';
import { createSupervisor } from './processes.ts';
import { serverUser } from './server-user.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'postgres-'));
  await chmod(home, 0o711);
});

const start = async (name = 'postgres'): Promise<PostgresServer> => {
  const supervisor = createSupervisor({ say: () => undefined, firstDelayMs: 600_000 });
  onTestFinished(async () => {
    await supervisor.stopAll();
    await rm(home, { recursive: true, force: true });
  });
  const [port = 0] = await freePorts(1);
  const settings = { fsync: 'off' };
  return startPostgres({ supervisor, port, folder: join(home, name), logFile: join(home, 'log'), settings });
};

test('an interrupted first start is begun anew', async () => {
  await mkdir(join(home, 'postgres.new'));
  await writeFile(join(home, 'postgres.new', 'PG_VERSION'), '18\n');
  const { url } = await start();
  const [row] = await queryOnce(
    url,
    "select current_database() as name, current_setting('server_encoding') as encoding",
  );
  expect(row).toEqual({ name: 'tickets', encoding: 'UTF8' });
});

test.each([
  ['a socket', 'postgres', 'by socket'],
  ['TCP, where the folder is too deep for a socket', 'p'.repeat(90), 'by TCP'],
])('programs of this machine reach it by %s', async (_way, name, way) => {
  const server = await start(name);
  const [row] = await queryOnce(
    server.url,
    "select case when inet_client_addr() is null then 'by socket' else 'by TCP' end as way",
  );
  expect(row).toEqual({ way });
  const [host, port] = server.address.split(':');
  const [anywhere] = await queryOnce(databaseUrl(Number(port)), 'select host(inet_client_addr()) as host');
  expect(anywhere).toEqual({ host });
});

test('a server that a killed stack left behind makes way, and its data stays', async () => {
  const killed = await start();
  await queryOnce(killed.url, 'create table kept ()');
  const next = await start();
  expect(killed.process.crashes()).toBe(1);
  expect(await queryOnce(next.url, "select to_regclass('kept') is not null as kept")).toEqual([{ kept: true }]);
});

// Neither is a server of this folder: a program of ours, and one that has the folder and the word in its arguments.
test.each([
  ['any program', ['-e', 'setInterval(() => {}, 1000)']],
  ['one that speaks of the folder', ['-e', 'setInterval(() => {}, 1000)', 'postgres', 'FOLDER']],
])(
  'after a crash of the machine the pid in postmaster.pid may be that of %s: the start goes on',
  async (_what, args) => {
    const first = await start();
    await queryOnce(first.url, 'create table kept ()');
    await first.process.stop();
    const folder = join(home, 'postgres');
    const user = await serverUser();
    const words = args.map((word) => word.replace('FOLDER', folder));
    const stranger = spawn(process.execPath, words, { ...user, cwd: '/', stdio: 'ignore' });
    onTestFinished(() => void stranger.kill('SIGKILL'));
    await once(stranger, 'spawn');
    await writeFile(join(folder, 'postmaster.pid'), `${stranger.pid}\n${folder}\n`);
    if (user) await chown(join(folder, 'postmaster.pid'), user.uid, user.gid);
    const next = await start();
    expect(await queryOnce(next.url, "select to_regclass('kept') is not null as kept")).toEqual([{ kept: true }]);
    expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null]);
  },
);

test('a folder of another version is left alone, and the error says what to do', async () => {
  await mkdir(join(home, 'postgres'));
  await writeFile(join(home, 'postgres', 'PG_VERSION'), '15\n');
  await expect(start()).rejects.toThrow(/was made by PostgreSQL 15; this is PostgreSQL 18\. Move postgres away/);
  expect(await readFile(join(home, 'postgres', 'PG_VERSION'), 'utf8')).toBe('15\n');
});

test.runIf(process.getuid?.() === 0)('a folder that only root may enter is named, with the setting', async () => {
  await chmod(home, 0o700);
  await expect(start()).rejects.toThrow(`its user postgres cannot enter ${home}. Set DATA_DIR`);
});

test('a folder with something else in it is left alone', async () => {
  await mkdir(join(home, 'postgres'));
  await writeFile(join(home, 'postgres', 'thesis.txt'), 'years of work');
  await expect(start()).rejects.toThrow('is not a PostgreSQL folder');
});
