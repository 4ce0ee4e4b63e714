import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { account, postgresBinaries, prepareFolder, serverUser } from './postgres-files.ts';
import { codeOf, reasonOf, StackProblem } from './problem.ts';
import type { RunningProcess, Supervisor } from './processes.ts';
import { waitUntilReady } from './ready.ts';
import { identify } from './register.ts';

export interface PostgresOptions {
  supervisor: Supervisor;
  folder: string;
  port: number;
  logFile: string;
  /** Settings of the server, such as fsync: 'off' in tests. */
  settings?: Record<string, string>;
}

export interface PostgresServer {
  /** For programs on this machine: through the socket, if there is one. */
  url: string;
  /** Host and port; it always listens there. */
  address: string;
  process: RunningProcess;
}

const host = '127.0.0.1';

export const databaseUrl = (port: number, database: string = account.database, at: string = host): string =>
  `postgresql://${account.user}:${account.password}@${at}:${port}/${database}`;

// The system allows no longer path; and PostgreSQL reads the setting as a list, in which these characters mean something.
const socketPath = /^[\w./-]{1,100}$/;

/**
 * The address of the database through a socket, which is quicker than TCP; null where there can be none. The socket is in
 * the server's own folder: in /tmp, PostgreSQL's default, two servers would collide.
 */
const socketUrl = (folder: string, port: number): string | null =>
  process.platform !== 'win32' && socketPath.test(join(folder, `.s.PGSQL.${port}`))
    ? databaseUrl(port, account.database, encodeURIComponent(folder))
    : null;

/** Runs one query on a connection of its own. */
export const queryOnce = async (url: string, text: string, values: unknown[] = []): Promise<unknown[]> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that ends the session reports it twice. The rejected query is enough.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
};

const postmasterOf = async (folder: string): Promise<number | null> => {
  try {
    return Number.parseInt(await readFile(join(folder, 'postmaster.pid'), 'utf8'), 10);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

/** Stops the server that a killed stack left running on this folder. */
export const stopLeftBehind = async (folder: string): Promise<boolean> => {
  const pid = await postmasterOf(folder);
  const isOurs = (): boolean => pid !== null && (identify(pid)?.includes(resolve(folder)) ?? false);
  if (pid === null || !isOurs()) return false;
  // SIGINT: end the sessions and shut down cleanly.
  process.kill(pid, 'SIGINT');
  const end = Date.now() + 30_000;
  while (isOurs()) {
    if (Date.now() > end) throw new StackProblem(`PostgreSQL (pid ${pid}) on ${folder} does not stop. End it by hand.`);
    await sleep(50);
  }
  return true;
};

const createMissingDatabase = async (port: number): Promise<void> => {
  const admin = databaseUrl(port, 'postgres');
  const found = await queryOnce(admin, 'select from pg_database where datname = $1', [account.database]);
  if (found.length === 0) await queryOnce(admin, `create database ${account.database}`);
};

/** Starts the PostgreSQL from npm, on 127.0.0.1 and on a socket, and creates the database if it is missing. */
export const startPostgres = async (options: PostgresOptions): Promise<PostgresServer> => {
  const { supervisor, port, logFile } = options;
  const folder = resolve(options.folder);
  const user = await serverUser();
  const binaries = await postgresBinaries(user);
  await prepareFolder({ folder, durable: options.settings?.fsync !== 'off' }, binaries, user);
  await stopLeftBehind(folder);
  const bySocket = socketUrl(folder, port);
  const settings = {
    listen_addresses: host,
    unix_socket_directories: bySocket === null ? '' : folder,
    max_connections: '200',
    ...options.settings,
  };
  const server = supervisor.run({
    name: 'postgres',
    command: binaries.postgres,
    args: [
      '-D',
      folder,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    user,
    logFile,
    stopSignal: 'SIGINT',
  });
  await waitUntilReady({
    what: 'PostgreSQL',
    withinMs: 60_000,
    processes: [server],
    isReady: async () => (await queryOnce(databaseUrl(port, 'postgres'), 'select 1')).length === 1,
  });
  await createMissingDatabase(port);
  return { url: bySocket ?? databaseUrl(port), address: `${host}:${port}`, process: server };
};

/** @throws StackProblem when the PostgreSQL of DATABASE_URL does not answer. */
export const assertDatabaseAnswers = async (url: string): Promise<void> => {
  try {
    await queryOnce(url, 'select 1');
  } catch (cause) {
    const { host: where, pathname } = new URL(url);
    throw new StackProblem(`PostgreSQL at ${where}${pathname} (DATABASE_URL) does not answer: ${reasonOf(cause)}`, {
      cause,
    });
  }
};
