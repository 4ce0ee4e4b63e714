import { workerNodeOptions } from '../../../api/config.ts';
import { type Program, startProgram } from '../../rig/programs.ts';
import type { Servers } from '../../rig/servers.ts';
import type { Parts } from '../measure/processes.ts';

/** The product's processes; their number may change between rows. */
export interface Product {
  servers: Servers;
  /** Settings of all processes. */
  settings: Record<string, string>;
  apis: Program[];
  workers: Program[];
  /** Node options for processes started from now on. */
  nodeOptions: string[];
  addApi(): Promise<void>;
  addWorker(): Promise<void>;
  /** Process ids of everything that serves a request. */
  parts(): Parts;
}

const stopAll = async (programs: Program[]): Promise<void> => {
  await Promise.all(programs.splice(0).map((program) => program.stop()));
};

export const startProduct = async (servers: Servers): Promise<Product> => {
  const sink = await startProgram(servers, {
    name: 'mail-sink',
    file: 'tests/bench/stack/mail-sink.ts',
    ready: 'mail sink ready',
  });
  const settings: Record<string, string> = {
    SMTP_URL: sink.url.replace('http:', 'smtp:'),
    // Off: copied tickets have no workflows, and the reconciler would start all of them.
    RECONCILE_SECONDS: '0',
  };
  const product: Product = {
    servers,
    settings,
    nodeOptions: [],
    apis: [],
    workers: [],
    async addApi() {
      const name = `api-${product.apis.length + 1}`;
      const api = await startProgram(servers, {
        name,
        file: 'api/server.ts',
        ready: 'api ready',
        settings,
        nodeOptions: product.nodeOptions,
      });
      // All API processes have the public address of the first one, as behind a proxy.
      settings.PUBLIC_URL ??= api.url.replace('127.0.0.1', 'localhost');
      product.apis.push(api);
    },
    async addWorker() {
      const name = `worker-${product.workers.length + 1}`;
      product.workers.push(
        await startProgram(servers, {
          name,
          file: 'activities/worker.ts',
          ready: 'worker ready',
          settings,
          nodeOptions: [...workerNodeOptions, ...product.nodeOptions],
        }),
      );
    },
    parts: () => ({
      postgres: pidsOf([servers.postgres]),
      temporal: pidsOf([servers.temporal]),
      api: pidsOf(product.apis.map((api) => api.process)),
      worker: pidsOf(product.workers.map((worker) => worker.process)),
    }),
  };
  await Promise.all([product.addApi(), product.addWorker()]);
  return product;
};

const pidsOf = (processes: readonly { pid(): number | undefined }[]): number[] =>
  processes.map((process) => process.pid()).filter((pid) => pid !== undefined);

/** Stops the processes of the product beyond these numbers; the servers stay. */
export const keepOnly = async (product: Product, apis: number, workers: number): Promise<void> => {
  await Promise.all([stopAll(product.apis.splice(apis)), stopAll(product.workers.splice(workers))]);
};
