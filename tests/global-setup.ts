import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleWorkflows } from '../activities/worker/bundle.ts';
import { readStackConfig } from '../api/config.ts';
import { migrate } from '../api/db/migrate.ts';
import { createLog } from '../api/operations/log.ts';
import type { Say } from '../dev/launch.ts';
import { freePorts } from '../dev/ports.ts';
import { startPostgres } from '../dev/postgres.ts';
import { adminDatabaseUrl, databaseUrl, queryOnce } from '../dev/postgres-address.ts';
import { createSupervisor } from '../dev/processes.ts';
import { openRegister, stopLeftovers } from '../dev/register.ts';
import { startTemporal } from '../dev/temporal.ts';
import { temporalBinary, testServerBinary } from '../dev/temporal-binaries.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A connection with which tests create and drop databases. */
    adminDatabaseUrl: string;
    /** The address of a database with the role of the product; each test replaces the name. */
    databaseUrl: string;
    templateDatabase: string;
    temporalAddress: string;
    /** The time-skipping Temporal server, for TestWorkflowEnvironment.createTimeSkipping. */
    timeSkippingServerPath: string;
    /** The workflow code, bundled once for all test files. */
    workflowBundlePath: string;
  }
}

const template = 'tickets_template';
// A killed test run loses nothing of value. Without these settings a run takes a third longer.
const unsafeButFast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const folderOf = (register: string): string => join(tmpdir(), basename(register, '.json'));

let stop: () => Promise<void> = async () => undefined;

// Other test runs may be active, so clean up only those whose process is gone.
const sweepKilledRun = async (register: string): Promise<void> => {
  const left = await stopLeftovers(register);
  if (left.state !== 'running') await rm(folderOf(register), { recursive: true, force: true });
};

const sweepKilledRuns = async (runs: string): Promise<void> => {
  await mkdir(runs, { recursive: true });
  const registers = (await readdir(runs)).filter((name) => name.endsWith('.json'));
  await Promise.all(registers.map((name) => sweepKilledRun(join(runs, name))));
};

export const setup = async (project: TestProject): Promise<void> => {
  const { DATA_DIR: dataDir, PATH: path } = readStackConfig();
  const say: Say = (source, text) => console.log(`${source}: ${text}`);
  const runs = join(dataDir, 'test-runs');
  await sweepKilledRuns(runs);

  const folder = await mkdtemp(join(tmpdir(), 'tickets-test-'));
  // When we are root, PostgreSQL runs as another user and needs access.
  await chmod(folder, 0o711);
  const register = openRegister(join(runs, `${basename(folder)}.json`));
  const supervisor = createSupervisor({ say, register });
  stop = async () => {
    await supervisor.stopAll();
    register.close();
    await rm(folder, { recursive: true, force: true });
  };

  const startDatabase = async (port: number): Promise<void> => {
    const options = {
      folder: join(folder, 'postgres'),
      logFile: join(folder, 'postgres.log'),
      settings: unsafeButFast,
    };
    await startPostgres({ supervisor, port, ...options });
    const admin = adminDatabaseUrl(port);
    // tests/backup.ts puts rows back in any order.
    await queryOnce(admin, 'grant set on parameter session_replication_role to app');
    // As the role of the product, to which everything in there belongs.
    await migrate(databaseUrl(port));
    await queryOnce(admin, `alter database tickets rename to ${template}`);
    project.provide('adminDatabaseUrl', admin);
    project.provide('databaseUrl', databaseUrl(port));
    project.provide('templateDatabase', template);
  };

  const startWorkflows = async (port: number): Promise<void> => {
    const download = { dataDir, path, say: (text: string) => say('temporal', text) };
    project.provide('timeSkippingServerPath', await testServerBinary(download));
    const binary = await temporalBinary(download);
    const logFile = join(folder, 'temporal.log');
    const server = await startTemporal({ supervisor, binary, port, namespace: 'default', logFile });
    project.provide('temporalAddress', server.address);
  };

  const bundle = async (): Promise<void> => {
    const { code } = await bundleWorkflows(createLog('bundle', 'silent'));
    const file = join(folder, 'workflows.js');
    await writeFile(file, code);
    project.provide('workflowBundlePath', file);
  };

  const [postgresPort = 0, temporalPort = 0] = await freePorts(2);
  try {
    await Promise.all([startDatabase(postgresPort), startWorkflows(temporalPort), bundle()]);
  } catch (error) {
    await stop();
    throw error;
  }
};

export const teardown = (): Promise<void> => stop();
