import type { Bench } from '../bench.ts';
import { type CellPlan, cellOf, type Sample, sample } from '../measure/cell.ts';
import type { Parts } from '../measure/processes.ts';

type Request = CellPlan['request'];

export interface Comparison {
  row: string;
  clients: number;
  /** Seconds for the product's cell; the limit takes half as long. */
  seconds: number;
  /** Product and limit alternate this many times, because a shared machine changes its speed. */
  turns?: number;
  product: Request;
  limit: Request;
  /** Runs after the product's turn and after that of the limit. */
  clean?(): Promise<void>;
  /** Pauses the product while the limit is measured, because the limit's writes would make it work. */
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

type What = Pick<CellPlan, 'seconds' | 'parts' | 'request'>;

const measureTurn = async (bench: Bench, { clients, clean }: Comparison, what: What): Promise<Sample> => {
  const measured = await sample({ clients, warmupSeconds: bench.options.warmupSeconds, ...what });
  await clean?.();
  return measured;
};

const measureLimit = async (bench: Bench, comparison: Comparison, seconds: number): Promise<Sample> => {
  const { limit: request, holdProduct = false } = comparison;
  if (holdProduct) hold(bench, 'SIGSTOP');
  try {
    return await measureTurn(bench, comparison, { seconds, parts: limitParts(bench), request });
  } finally {
    if (holdProduct) hold(bench, 'SIGCONT');
  }
};

/** Measures a cell of the product and, right after each turn of it, the same cell of its limit. */
export const compare = async (bench: Bench, comparison: Comparison): Promise<void> => {
  const { row, clients, turns = 1 } = comparison;
  bench.say(`${row}, ${bench.tickets} tickets, ${clients} ${clients === 1 ? 'client' : 'clients'}`);
  const seconds = comparison.seconds / turns;
  const [product, limit]: [Sample[], Sample[]] = [[], []];
  for (let done = 0; done < turns; done += 1) {
    await bench.settle();
    const ours = { seconds, parts: bench.product.parts(), request: comparison.product };
    product.push(await measureTurn(bench, comparison, ours));
    await bench.settle();
    limit.push(await measureLimit(bench, comparison, seconds / 2));
  }
  const { tickets } = bench;
  const processes = bench.product.apis.length;
  bench.results.cells.push({ row, tickets, clients, processes, product: cellOf(product), limit: cellOf(limit) });
};
