import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { settings } from '../../api/config.ts';
import { createSupervisor } from '../../dev/processes.ts';
import { buildWeb } from '../../dev/web.ts';
import { seed } from '../rig/seed.ts';
import { type Servers, startServers } from '../rig/servers.ts';
import type { Bench, Group } from './bench.ts';
import { measureGroups } from './groups.ts';
import { startLimits } from './limits/limits.ts';
import { cpuOf, memoryOf } from './measure/processes.ts';
import type { Options } from './options.ts';
import type { Results } from './results.ts';
import { memoryFigures, noteMost, settledMemory } from './rows/memory.ts';
import { keepOnly, type Product, startProduct } from './stack/product.ts';
import { openSessions } from './stack/sessions.ts';

export interface Measuring {
  groups: readonly Group[];
  options: Options;
  results: Results;
  statements: Record<string, number>;
  say(text: string): void;
  /** Saves the results so far. */
  keep(): Promise<void>;
}

const lookEveryMs = 100;
/** Below this share of a core the product counts as idle. */
const restShare = 0.2;
const patienceMs = 120_000;
/** Samples without change. Twenty seconds, because start-up memory is freed after about ten; a quick run may include it. */
const calmLooks = { full: 4, quick: 2 };

/** The time in which memory from the load is freed. */
const givenBackMs = 120_000;

const waitForRest = async (product: Product, hasWork = async () => false): Promise<void> => {
  const sample = () => ({
    at: performance.now(),
    ms: Object.values(cpuOf(product.parts())).reduce((a, b) => a + b, 0),
  });
  const end = Date.now() + patienceMs;
  for (let before = sample(); Date.now() < end; ) {
    await sleep(lookEveryMs);
    const now = sample();
    // On a busy machine a sample may be late.
    const share = (now.ms - before.ms) / (now.at - before.at);
    if (share < restShare && !(await hasWork())) return;
    before = now;
  }
  throw new Error(`The product is still busy ${patienceMs / 1_000} s after the last request`);
};

const measureSeeding = async (servers: Servers, { results, say }: Measuring): Promise<void> => {
  say('seed all');
  const seconds = await seed(servers, 'all');
  results.figures.push({ name: 'seed all', value: seconds, unit: 's' });
  const measured = `${seconds.toFixed(1)} s`;
  results.goals.push({ row: 'seed', goal: 'seed all: under 60 s', measured, met: seconds < 60 });
};

/** Restarts the product with profiling, so that the profiles do not include seeding. */
const profileFromNowOn = async (product: Product, folder: string): Promise<void> => {
  product.nodeOptions.push('--cpu-prof', '--cpu-prof-interval=4000', `--cpu-prof-dir=${folder}`);
  await keepOnly(product, 0, 0);
  await Promise.all([product.addApi(), product.addWorker()]);
};

const openBench = async (servers: Servers, product: Product, measuring: Measuring): Promise<Bench> => {
  const { options, results, statements, say } = measuring;
  const database = new Pool({ connectionString: servers.databaseUrl });
  // When the run fails, the servers stop first; report that failure, not this error.
  database.on('error', () => undefined);
  // On a shared machine, a product that waits for the processor looks idle, so check its work as well.
  const hasWork = async (): Promise<boolean> => {
    const { rows } = await database.query<{ left: boolean }>(
      `select exists (select from outbox) or exists (select from notification.mail where state = 'pending') as left`,
    );
    return rows[0]?.left ?? false;
  };
  const quiet = () => waitForRest(product, hasWork);
  return {
    options,
    product,
    limits: await startLimits(servers),
    sessions: await openSessions(product, Math.max(...options.clients)),
    database,
    results,
    statements,
    tickets: 0,
    say: (text) => say(`${text} (load ${loadavg()[0]?.toFixed(1)})`),
    quiet,
    async settle() {
      noteMost(await memoryOf(product.parts()));
      await quiet();
    },
  };
};

/** Starts a stack of its own and measures the rows on it. */
export const measureRows = async (measuring: Measuring): Promise<void> => {
  const { options, results, groups, keep } = measuring;
  const servers = await startServers({ name: 'bench', runner: createSupervisor });
  const stopOnSignal = (signal: NodeJS.Signals): void => {
    measuring.say(`${signal}: the run ends here`);
    void servers.stop().then(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopOnSignal);
  try {
    // Build the current pages, like `npm start`.
    await buildWeb(servers.supervisor, settings.shape.WEB_DIST.parse(undefined));
    const product = await startProduct(servers);
    await waitForRest(product);
    const idle = () => settledMemory(() => memoryOf(product.parts()), options.quick ? calmLooks.quick : calmLooks.full);
    memoryFigures(results, 'idle, after the start', await idle(), 600);
    await measureSeeding(servers, measuring);
    await waitForRest(product);
    // This includes garbage from seeding, and a quick run does not wait until it is collected.
    if (!options.quick) memoryFigures(results, 'idle, after seeding', await idle(), 700);
    if (options.profile !== null) await profileFromNowOn(product, options.profile);
    const bench = await openBench(servers, product, measuring);
    await measureGroups(bench, groups, keep);
    await bench.settle();
    memoryFigures(results, 'under load, the most at once', noteMost({}), 1_100);
    if (!options.quick) {
      measuring.say('memory, two minutes after the load');
      await sleep(givenBackMs);
      memoryFigures(results, 'two minutes after the load', await memoryOf(product.parts()), 800);
    }
    await bench.database.end();
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stopOnSignal);
    await servers.stop();
  }
};
