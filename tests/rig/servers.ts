import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStackConfig } from '../../api/config.ts';
import { migrate } from '../../api/db/migrate.ts';
import type { Say } from '../../dev/launch.ts';
import { freePorts } from '../../dev/ports.ts';
import { startPostgres } from '../../dev/postgres.ts';
import { adminDatabaseUrl } from '../../dev/postgres-address.ts';
import { database } from '../../dev/postgres-files.ts';
import { StackProblem } from '../../dev/problem.ts';
import type { RunningProcess, Supervisor } from '../../dev/processes.ts';
import { openRegister, type Register, stopLeftovers } from '../../dev/register.ts';
import { startTemporal } from '../../dev/temporal.ts';
import { temporalBinary } from '../../dev/temporal-binaries.ts';

/** PostgreSQL and Temporal as `npm start` runs them, durable, on free ports and in a temporary folder. */
export interface Servers<Runner extends Supervisor = Supervisor> {
  supervisor: Runner;
  folder: string;
  databaseUrl: string;
  /** The same database, for whoever looks at the product from outside and may do everything. */
  adminDatabaseUrl: string;
  /** Host and port of PostgreSQL. */
  databaseAddress: string;
  temporalAddress: string;
  namespace: string;
  postgres: RunningProcess;
  temporal: RunningProcess;
  stop(): Promise<void>;
}

export interface ServersPlan<Runner extends Supervisor> {
  /** Only one run of this name at a time; by it, the next run finds and cleans up a killed one. */
  name: string;
  /** Who runs the processes. */
  runner(options: { say: Say; register: Register }): Runner;
  /** Settings of PostgreSQL. */
  postgres?: Record<string, string>;
  /** Settings of Temporal. */
  temporal?: Record<string, string>;
}

/** Prints crashes of a part, because they spoil the run. */
const say: Say = (source, text) => process.stderr.write(`${source}: ${text}\n`);

const clearTheWay = async (registerFile: string, name: string): Promise<void> => {
  const left = await stopLeftovers(registerFile);
  if (left.state === 'running')
    throw new StackProblem(`Another run of ${name} is active (pid ${left.pid}). Wait for it, or end that process.`);
};

const temporalFile = 'temporal.db';

/** Deletes all data of the Temporal server in this folder. The server must be down. */
export const forgetTemporal = async (folder: string): Promise<void> => {
  for (const ending of ['', '-wal', '-shm']) await rm(join(folder, `${temporalFile}${ending}`), { force: true });
};

export const startServers = async <Runner extends Supervisor>(plan: ServersPlan<Runner>): Promise<Servers<Runner>> => {
  const { DATA_DIR: dataDir, PATH: path } = readStackConfig();
  const registerFile = join(dataDir, `${plan.name}.json`);
  await clearTheWay(registerFile, plan.name);
  const folder = await mkdtemp(join(tmpdir(), `tickets-${plan.name}-`));
  // When we are root, PostgreSQL runs as another user and needs access.
  await chmod(folder, 0o711);
  const register = openRegister(registerFile);
  const supervisor = plan.runner({ say, register });
  const stop = async (): Promise<void> => {
    await supervisor.stopAll();
    register.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [postgresPort = 0, temporalPort = 0] = await freePorts(2);
    const namespace = 'default';
    const binary = await temporalBinary({ dataDir, path, say: (text) => say('temporal', text) });
    const [postgres, temporal] = await Promise.all([
      startPostgres({
        supervisor,
        folder: join(folder, 'postgres'),
        port: postgresPort,
        logFile: join(folder, 'postgres.log'),
        ...(plan.postgres ? { settings: plan.postgres } : {}),
      }),
      startTemporal({
        supervisor,
        binary,
        port: temporalPort,
        dbFile: join(folder, temporalFile),
        namespace,
        logFile: join(folder, 'temporal.log'),
        ...(plan.temporal ? { settings: plan.temporal } : {}),
      }),
    ]);
    await migrate(postgres.url);
    return {
      supervisor,
      folder,
      databaseUrl: postgres.url,
      adminDatabaseUrl: adminDatabaseUrl(postgresPort, database),
      databaseAddress: postgres.address,
      temporalAddress: temporal.address,
      namespace,
      postgres: postgres.process,
      temporal: temporal.process,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
