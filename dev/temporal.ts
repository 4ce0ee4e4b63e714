import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common';
import { withoutProxy } from '../api/temporal/without-proxy.ts';
import { searchAttributes } from '../workflows/names.ts';
import { reasonOf, StackProblem } from './problem.ts';
import type { RunningProcess, Supervisor } from './processes.ts';
import { waitUntilReady } from './ready.ts';

export interface TemporalOptions {
  supervisor: Supervisor;
  binary: string;
  port: number;
  /** Left out: no Web UI. */
  uiPort?: number;
  /** Left out: the server keeps its data in memory. */
  dbFile?: string;
  namespace: string;
  logFile: string;
  /** Settings of the server, such as `limit.historyCount.suggestContinueAsNew: '512'` in tests. */
  settings?: Record<string, string>;
}

export interface TemporalServer {
  address: string;
  process: RunningProcess;
}

interface Target {
  address: string;
  namespace: string;
  apiKey?: string;
  /** How long one call may take; five seconds when left out. */
  callWithinMs?: number;
}

const host = '127.0.0.1';
// `Keyword` in IndexedValueType of Temporal's API. The package that has the name is not meant to be imported.
const keyword = 2;
// By default the development server forgets closed workflows after a day. Admins want to see them for longer.
const retention = msToTs('30 days');
const attributeNames = Object.values(searchAttributes);

const missingAttributes = async (connection: Connection, namespace: string): Promise<string[]> => {
  const known = await connection.operatorService.listSearchAttributes({ namespace });
  return attributeNames.filter((name) => !(name in (known.customAttributes ?? {})));
};

const withConnection = async <Result>(target: Target, call: (connection: Connection) => Promise<Result>) => {
  const { address, apiKey, callWithinMs = 5_000 } = target;
  const connection = await Connection.connect({
    address,
    connectTimeout: callWithinMs,
    channelArgs: withoutProxy(address),
    ...(apiKey ? { apiKey, tls: true } : {}),
  });
  try {
    return await connection.withDeadline(Date.now() + callWithinMs, () => call(connection));
  } finally {
    await connection.close();
  }
};

const isServing = (target: Target): Promise<boolean> =>
  withConnection(target, async (connection) => {
    await connection.workflowService.describeNamespace({ namespace: target.namespace });
    return (await missingAttributes(connection, target.namespace)).length === 0;
  });

const keepClosedWorkflows = (target: Target): Promise<unknown> =>
  withConnection(target, (connection) =>
    connection.workflowService.updateNamespace({
      namespace: target.namespace,
      config: { workflowExecutionRetentionTtl: retention },
    }),
  );

const storage = (dbFile: string): string[] => [
  ...['--db-filename', dbFile],
  // Without these two, each step of a workflow waits several times for the disk.
  ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
];

// Workflows that cannot go on under a bad release are tried again less and less often, down to every ten minutes. After
// the rollback all of them shall be back at once. docker-compose.yml has the same.
const lookAgainSoon = ['--dynamic-config-value', 'history.workflowTaskRetryMaxInterval="10s"'];

// Within one priority, people take turns. Without it, their keys are not looked at. docker-compose.yml has the same.
const inTurn = ['--dynamic-config-value', 'matching.enableFairness=true'];

/** Starts the development server of the Temporal CLI on 127.0.0.1 and waits until it takes workflows. */
export const startTemporal = async (options: TemporalOptions): Promise<TemporalServer> => {
  const { supervisor, binary, port, uiPort, dbFile, namespace, logFile, settings = {} } = options;
  if (dbFile) await mkdir(dirname(dbFile), { recursive: true });
  const process = supervisor.run({
    name: 'temporal',
    command: binary,
    args: [
      ...['server', 'start-dev', '--ip', host, '--port', String(port), '--namespace', namespace],
      ...(uiPort ? ['--ui-port', String(uiPort), '--ui-disable-news-fetch'] : ['--headless']),
      ...(dbFile ? storage(dbFile) : []),
      ...attributeNames.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
      ...Object.entries(settings).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
      ...lookAgainSoon,
      ...inTurn,
      ...['--log-level', 'warn'],
    ],
    logFile,
  });
  const address = `${host}:${port}`;
  const isReady = (): Promise<boolean> => isServing({ address, namespace });
  await waitUntilReady({ what: 'Temporal', isReady, withinMs: 60_000, processes: [process] });
  if (dbFile) {
    await keepClosedWorkflows({ address, namespace });
  }
  return { address, process };
};

/** Prepares a server that runs elsewhere. @throws StackProblem when it is away or refuses the search attributes. */
export const prepareTemporal = async (target: Target): Promise<void> => {
  const { address, namespace } = target;
  try {
    await withConnection(target, async (connection) => {
      await connection.workflowService.describeNamespace({ namespace });
      const missing = await missingAttributes(connection, namespace);
      if (missing.length === 0) return;
      const wanted = Object.fromEntries(missing.map((name) => [name, keyword]));
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: wanted });
    });
  } catch (cause) {
    throw new StackProblem(
      `Temporal at ${address} (TEMPORAL_ADDRESS), namespace ${namespace} (TEMPORAL_NAMESPACE), cannot be used: ` +
        `${reasonOf(cause)}. The namespace must exist and have the search attributes ${attributeNames.join(', ')}, ` +
        'all of type Keyword.',
      { cause },
    );
  }
};
