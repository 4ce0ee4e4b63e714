import type { Bench } from '../bench.ts';
import { type CellPlan, measure } from '../measure/cell.ts';
import type { Parts } from '../measure/processes.ts';

type Request = CellPlan['request'];

export interface Comparison {
  row: string;
  clients: number;
  /** Length of the product's cell; that of the limit is half as long. */
  seconds: number;
  product: Request;
  limit: Request;
  /** Runs after the product's turn and after that of the limit. */
  clean?(): Promise<void>;
  /** The product must hold still while the limit is measured: what that writes would set it to work. */
  holdProduct?: boolean;
}

const limitParts = ({ limits, product }: Bench): Parts => {
  const pid = (program: { process: { pid(): number | undefined } }) => program.process.pid() ?? 0;
  const { postgres = [], temporal = [] } = product.parts();
  return { postgres, temporal, limit: [pid(limits.server), pid(limits.worker)] };
};

const hold = (bench: Bench, signal: 'SIGSTOP' | 'SIGCONT'): void => {
  for (const pid of bench.product.parts().api ?? []) process.kill(pid, signal);
};

/** Measures a cell of the product and, right after it, the same cell of its limit. */
export const compare = async (bench: Bench, comparison: Comparison): Promise<void> => {
  const { row, clients, seconds, clean, holdProduct = false } = comparison;
  const { warmupSeconds } = bench.options;
  bench.say(`${row}, ${bench.tickets} tickets, ${clients} ${clients === 1 ? 'client' : 'clients'}`);
  await bench.settle();
  const common = { clients, warmupSeconds };
  const product = await measure({
    ...common,
    seconds,
    parts: bench.product.parts(),
    request: comparison.product,
  });
  await clean?.();
  await bench.settle();
  if (holdProduct) hold(bench, 'SIGSTOP');
  try {
    const limit = await measure({
      ...common,
      seconds: seconds / 2,
      parts: limitParts(bench),
      request: comparison.limit,
    });
    const processes = bench.product.apis.length;
    bench.results.cells.push({ row, tickets: bench.tickets, clients, processes, product, limit });
    await clean?.();
  } finally {
    if (holdProduct) hold(bench, 'SIGCONT');
  }
};
