import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareDatabase } from './app-role.ts';
import { adminDatabaseUrl, databaseUrl, postgresHost, queryOnce, socketUrl } from './postgres-address.ts';
import { postgresBinaries, prepareFolder, serverUser } from './postgres-files.ts';
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

/** Starts the PostgreSQL from npm, on 127.0.0.1 and on a socket, with the database and the role of the product. */
export const startPostgres = async (options: PostgresOptions): Promise<PostgresServer> => {
  const { supervisor, port, logFile } = options;
  const folder = resolve(options.folder);
  const user = await serverUser();
  const binaries = await postgresBinaries(user);
  await prepareFolder({ folder, durable: options.settings?.fsync !== 'off' }, binaries, user);
  await stopLeftBehind(folder);
  const bySocket = socketUrl(folder, port);
  const settings = {
    listen_addresses: postgresHost,
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
    isReady: async () => (await queryOnce(adminDatabaseUrl(port), 'select 1')).length === 1,
  });
  await prepareDatabase(port);
  return { url: bySocket ?? databaseUrl(port), address: `${postgresHost}:${port}`, process: server };
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
