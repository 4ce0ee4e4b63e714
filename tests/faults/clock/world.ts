import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { readStackConfig } from '../../../api/config.ts';
import { testServerBinary } from '../../../dev/temporal-binaries.ts';
import { queues, searchAttributes } from '../../../workflows/names.ts';
import { alsoInWords } from '../../../workflows/ticket/activity-words.ts';
import { type Ledger, openLedger } from '../../../workflows/ticket/ledger.fixture.ts';
import { codeOfToday } from '../workers/bundles.ts';
import type { Plan } from './plan.ts';

// IndexedValueType of Temporal's API; the package that names it is not ours to import.
const keyword = 2;

/** Ticket workflows on a server where a month is over at once, over a PostgreSQL in memory. */
export interface ClockWorld {
  env: TestWorkflowEnvironment;
  ledger: Ledger;
  stop(): Promise<void>;
}

let isQuiet = false;
const installQuietRuntime = (): void => {
  if (isQuiet) return;
  isQuiet = true;
  const filter = makeTelemetryFilterString({ core: 'ERROR' });
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter } } });
};

const categoryOf = (plan: number): string => `plan-${plan}`;

/** The facts of the ticket of this plan: its category leads to its own definition. */
export const factsOf = (plan: number) => ({
  ...{ number: `TX20270101${String(plan).padStart(6, '0')}`, category: categoryOf(plan), subCategory: null },
  requesterId: 1,
});

export const openClockWorld = async (plans: readonly Plan[]): Promise<ClockWorld> => {
  installQuietRuntime();
  const { DATA_DIR: dataDir } = readStackConfig();
  const path = await testServerBinary({ dataDir, say: () => undefined });
  const [env, code] = await Promise.all([
    TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } }),
    codeOfToday(),
  ]);
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.client.options.namespace,
    searchAttributes: Object.fromEntries(Object.values(searchAttributes).map((name) => [name, keyword])),
  });
  const ledger = openLedger();
  const pinned = plans.map(({ definition }, index) => ({ workflowVersionId: index + 1, definition }));
  const found = (id: number) => {
    const pin = pinned[id - 1];
    if (!pin) throw new Error(`There is no version ${id}`);
    return pin;
  };
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.client.options.namespace,
    taskQueue: queues.workflow,
    workflowBundle: { code },
    activities: alsoInWords({
      ...ledger.activities,
      findWorkflow: async ({ category }: { category: string }) =>
        found(plans.findIndex((_, index) => categoryOf(index) === category) + 1),
      pinnedVersion: async (id: number) => found(id),
    }),
  });
  const running = worker.run();
  return {
    env,
    ledger,
    async stop() {
      worker.shutdown();
      await running;
      await env.teardown();
    },
  };
};
