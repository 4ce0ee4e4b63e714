import { join } from 'node:path';
import { ConfigError, environmentWith, readStackConfig, type StackConfig, workerNodeOptions } from '../api/config.ts';
import { migrate } from '../api/db/migrate.ts';
import { printedAccounts } from '../seeds/accounts.ts';
import { logFileOf } from './log-file.ts';
import { assertPortsFree } from './ports.ts';
import { queryOnce, stopLeftBehind } from './postgres.ts';
import { StackProblem } from './problem.ts';
import { createSupervisor, type RunningProcess, type Supervisor } from './processes.ts';
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
import { greeting, sayToTerminal as say } from './terminal.ts';
import { restartOnChange } from './watch.ts';
import { buildWeb, viteServer } from './web.ts';

const startedAt = performance.now();
const watching = process.argv.includes('--watch');

interface Stack {
  config: StackConfig;
  register: Register;
  /** PostgreSQL and Temporal; they are stopped last. */
  servers: Supervisor;
  /** API, workers, pages, and commands that use the servers. */
  apps: Supervisor;
  mail: Server[];
}

const clearTheWay = async (config: StackConfig): Promise<Register> => {
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

const startApps = async ({ config, apps }: Stack, env: NodeJS.ProcessEnv): Promise<void> => {
  const node = (name: string, args: string[], settings: NodeJS.ProcessEnv = env): RunningProcess =>
    apps.run({ name, command: process.execPath, args, env: settings });
  // What is edited takes over as soon as the workers have started again.
  const releasing = { ...env, WORKER_MAKE_CURRENT: 'true' };
  const workers = Array.from({ length: config.WORKERS }, (_, index) =>
    node(index === 0 ? 'worker' : `worker-${index + 1}`, [...workerNodeOptions, 'activities/worker.ts'], releasing),
  );
  const processes = [node('api', ['api/server.ts']), ...workers];
  if (watching) {
    restartOnChange(processes, say);
    apps.run(viteServer(env));
  }
  const host = ['0.0.0.0', '::'].includes(config.HOST) ? '127.0.0.1' : config.HOST;
  const isReady = async (): Promise<boolean> => {
    const response = await fetch(`http://${host}:${config.PORT}/readyz`);
    if (!response.ok) throw new Error(`/readyz answers ${response.status}: ${await response.text()}`);
    return true;
  };
  await waitUntilReady({ what: 'The system', isReady, withinMs: 120_000, everyMs: 200, processes });
};

const seedWhenEmpty = async ({ config, apps }: Stack, url: string, env: NodeJS.ProcessEnv): Promise<void> => {
  if (config.NODE_ENV === 'production') return;
  if ((await queryOnce(url, 'select from auth.system limit 1')).length > 0) return;
  say('seed', 'the database is empty: seeding the base data');
  const logFile = await logFileOf(config.DATA_DIR, 'seed');
  await apps.runOnce({ name: 'seed', command: process.execPath, args: ['seeds/run.ts', 'base'], env, logFile });
};

const start = async (stack: Stack): Promise<void> => {
  const { config, servers, apps } = stack;
  const [database, temporal, mail] = await Promise.all([
    startMigrated(stack),
    startWorkflowServer({ config, supervisor: servers, say }),
    startMail({ config, supervisor: servers, say }).then((server) => {
      stack.mail.push(server);
      return server;
    }),
    ...(watching ? [] : [buildWeb(apps, config.WEB_DIST)]),
  ]);
  const pages = config.PUBLIC_URL ?? `http://localhost:${watching ? config.WEB_PORT : config.PORT}`;
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
  const accounts = config.NODE_ENV === 'production' ? [] : printedAccounts;
  process.stdout.write(`${greeting({ seconds: (performance.now() - startedAt) / 1_000, addresses, accounts })}\n`);
};

const stop = async ({ apps, servers, mail, register }: Stack): Promise<void> => {
  await apps.stopAll();
  await Promise.all([servers.stopAll(), ...mail.map((server) => server.close?.())]);
  register.close();
};

const explain = (error: unknown): void => {
  const expected = error instanceof StackProblem || error instanceof ConfigError;
  console.error(expected ? `\n${error.message}\n` : error);
};

const main = async (): Promise<void> => {
  const config = readStackConfig();
  const register = await clearTheWay(config);
  const supervise = (): Supervisor => createSupervisor({ say, register });
  const stack: Stack = { config, register, servers: supervise(), apps: supervise(), mail: [] };

  let stopping: Promise<void> | undefined;
  const stopOnce = (): Promise<void> => {
    stopping ??= stop(stack);
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      say('stack', stopping ? 'still stopping …' : 'stopping …');
      stopOnce().then(() => process.exit(0), explain);
    });
  }
  try {
    await start(stack);
  } catch (error) {
    // While everything is being stopped, failures are expected.
    if (!stopping) explain(error);
    const code = stopping ? 0 : 1;
    await stopOnce();
    process.exit(code);
  }
};

// The terminal may be closed before the stack has stopped.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

await main().catch((error: unknown) => {
  explain(error);
  process.exitCode = 1;
});
