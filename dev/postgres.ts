import { resolve } from 'node:path';
import { prepareDatabase } from './app-role.ts';
import { adminDatabaseUrl, databaseUrl, postgresHost, queryOnce, socketUrl } from './postgres-address.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { prepareFolder } from './postgres-files.ts';
import { stopLeftBehind } from './postmaster.ts';
import { reasonOf, StackProblem } from './problem.ts';
import type { RunningProcess, Supervisor } from './processes.ts';
import { waitUntilReady } from './ready.ts';
import { serverUser } from './server-user.ts';

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
