import { join } from 'node:path';
import { environmentWith, readConfig, type StackConfig, workerNodeOptions } from '../api/config.ts';
import { migrate } from '../api/db/migrate.ts';
import { whatIsMissing } from '../api/operations/what-is-missing.ts';
import { accountsAsPrinted } from './accounts.ts';
import { ask } from './ask.ts';
import { makeDataDir } from './data-dir.ts';
import { logFileOf } from './log-file.ts';
import { metricsOf, portsOfMetrics } from './metrics-ports.ts';
import { assertPortsFree } from './ports.ts';
import { databaseUrl, queryOnce } from './postgres-address.ts';
import { stopLeftBehind } from './postmaster.ts';
import { StackProblem } from './problem.ts';
import type { RunningProcess, Supervisor } from './processes.ts';
import { waitUntilReady } from './ready.ts';
import { openRegister, type Register, stopLeftovers } from './register.ts';
import {
  portsOfServers,
  postgresFolder,
  type Server,
  startDatabase,
  startMail,
  startWorkflowServer,
} from './servers.ts';
import { type Greeting, sayToTerminal as say } from './terminal.ts';
import { restartOnChange } from './watch.ts';
import { buildWeb, viteServer } from './web.ts';

/** All that runs for one person at a terminal. */
export interface Stack {
  config: StackConfig;
  /** For people who change the code: starts again what was edited, and Vite serves the pages. */
  watching: boolean;
  register: Register;
  /** PostgreSQL and Temporal; they are stopped last. */
  servers: Supervisor;
  /** API, workers, pages, and commands that use the servers. */
  apps: Supervisor;
  mail: Server[];
}

const pagesOf = ({ PUBLIC_URL, WEB_PORT, PORT }: StackConfig, watching: boolean): string =>
  PUBLIC_URL ?? `http://localhost:${watching ? WEB_PORT : PORT}`;

/** @throws ConfigError for what API and workers would refuse, such as production without its settings, before anything runs. */
export const assertProductMayStart = (config: StackConfig, watching: boolean): void => {
  const found = { DATABASE_URL: config.DATABASE_URL ?? databaseUrl(config.POSTGRES_PORT) };
  readConfig(environmentWith({ ...found, PUBLIC_URL: pagesOf(config, watching) }));
};

/** Stops what a killed stack left behind. @throws StackProblem when something else is in the way. */
export const clearTheWay = async (config: StackConfig, watching: boolean): Promise<Register> => {
  await makeDataDir(config.DATA_DIR);
  const file = join(config.DATA_DIR, 'processes.json');
  const left = await stopLeftovers(file);
  if (left.state === 'running') {
    const advice = 'Stop it, or set DATA_DIR and the ports to run a second one.';
    throw new StackProblem(`The stack of ${config.DATA_DIR} runs already (pid ${left.pid}). ${advice}`);
  }
  if (left.state === 'stopped') say('stack', `stopped what the last start left behind: ${left.names.join(', ')}`);
  if (!config.DATABASE_URL) await stopLeftBehind(postgresFolder(config));
  const { PORT: port, HOST: host, WEB_PORT } = config;
  await assertPortsFree([
    { port, host, setting: 'PORT', what: 'the API' },
    ...(watching ? [{ port: WEB_PORT, host, setting: 'WEB_PORT', what: 'Vite' }] : []),
    ...portsOfMetrics(config),
    ...portsOfServers(config),
  ]);
  return openRegister(file);
};

const databaseOf = ({ settings }: Server): string => settings.DATABASE_URL ?? '';

const startMigrated = async (stack: Stack): Promise<Server> => {
  const database = await startDatabase({ ...stack, supervisor: stack.servers, say });
  await migrate(databaseOf(database));
  return database;
};

const startApps = async ({ config, watching, apps }: Stack, env: NodeJS.ProcessEnv): Promise<void> => {
  const node = (name: string, args: string[], settings: NodeJS.ProcessEnv = env): RunningProcess =>
    apps.run({ name, command: process.execPath, args, env: settings });
  // What is edited takes over as soon as the workers have started again.
  const releasing = { ...env, WORKER_MAKE_CURRENT: 'true' };
  const workers = Array.from({ length: config.WORKERS }, (_, index) => {
    const settings = { ...releasing, ...metricsOf(config, index + 1) };
    return node(
      index === 0 ? 'worker' : `worker-${index + 1}`,
      [...workerNodeOptions, 'activities/worker.ts'],
      settings,
    );
  });
  const processes = [node('api', ['api/server.ts']), ...workers];
  if (watching) {
    restartOnChange(processes, say);
    apps.run(viteServer(env));
  }
  const host = ['0.0.0.0', '::'].includes(config.HOST) ? '127.0.0.1' : config.HOST;
  const isReady = async (): Promise<boolean> => {
    const { status } = await ask(`http://${host}:${config.PORT}/readyz`);
    if (status !== 200) throw new Error(`/readyz answers ${status}`);
    return true;
  };
  try {
    await waitUntilReady({ what: 'The system', isReady, withinMs: 120_000, everyMs: 200, processes });
  } catch (error) {
    if (!(error instanceof StackProblem)) throw error;
    const missing = await whatIsMissing(readConfig(env));
    throw new StackProblem([error.message, ...missing].join('\n'), { cause: error });
  }
};

const seedWhenEmpty = async ({ config, apps }: Stack, url: string, env: NodeJS.ProcessEnv): Promise<void> => {
  if (config.NODE_ENV === 'production') return;
  if ((await queryOnce(url, 'select from auth.system limit 1')).length > 0) return;
  say('seed', 'the database is empty: seeding the base data');
  const logFile = await logFileOf(config.DATA_DIR, 'seed');
  await apps.runOnce({ name: 'seed', command: process.execPath, args: ['seeds/run.ts', 'base'], env, logFile });
};

/** Starts everything; returns what to tell the person at the terminal. */
export const startStack = async (stack: Stack): Promise<Omit<Greeting, 'seconds'>> => {
  const { config, watching, servers, apps } = stack;
  const [database, temporal, mail] = await Promise.all([
    startMigrated(stack),
    startWorkflowServer({ config, supervisor: servers, say }),
    startMail({ config, supervisor: servers, say }).then((server) => {
      stack.mail.push(server);
      return server;
    }),
    ...(watching ? [] : [buildWeb(apps, config.WEB_DIST)]),
  ]);
  const pages = pagesOf(config, watching);
  const env = environmentWith({
    ...database.settings,
    ...temporal.settings,
    ...mail.settings,
    PUBLIC_URL: pages,
    LOG_LEVEL: config.LOG_LEVEL ?? (watching ? 'info' : 'warn'),
  });
  await startApps(stack, env);
  await seedWhenEmpty(stack, databaseOf(database), env);
  const addresses = [
    ['Web', pages] as const,
    ['API reference', `${pages}/api/reference`] as const,
    ...temporal.addresses,
    ...mail.addresses,
    ...database.addresses,
  ];
  const accounts = config.NODE_ENV === 'production' ? [] : await accountsAsPrinted(databaseOf(database));
  return { addresses, accounts };
};

export const stopStack = async ({ apps, servers, mail, register }: Stack): Promise<void> => {
  await apps.stopAll();
  await Promise.all([servers.stopAll(), ...mail.map((server) => server.close?.())]);
  register.close();
};
