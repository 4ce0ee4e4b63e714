import { Client } from 'pg';
import type { Bench, Group } from './bench.ts';
import { prepareFill } from './stack/fill.ts';
import { keepOnly } from './stack/product.ts';

/** Restores the number of processes after a failed group. */
const restore = async ({ product }: Bench): Promise<void> => {
  await keepOnly(product, 1, 1);
  if (product.apis.length === 0) await product.addApi();
  if (product.workers.length === 0) await product.addWorker();
};

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Measures these groups. A failure is reported and does not stop the others. `kept` is called after each. */
export const runGroups = async (bench: Bench, groups: readonly Group[], kept: () => Promise<void>): Promise<void> => {
  for (const group of groups) {
    try {
      await group.run(bench);
    } catch (error) {
      bench.say(`${group.name} FAILED: ${error instanceof Error ? error.stack : error}`);
      bench.results.failures.push({ group: group.name, tickets: bench.tickets, error: messageOf(error) });
      await restore(bench);
    }
    await kept();
  }
};

/** Fills the database size by size and measures each group at its sizes. */
export const measureGroups = async (
  bench: Bench,
  groups: readonly Group[],
  kept: () => Promise<void>,
): Promise<void> => {
  const { sizes, quick } = bench.options;
  const groupsAt = (...now: Group['at'][]): Group[] => groups.filter(({ at }) => now.includes(at));
  const connection = new Client({ connectionString: bench.product.servers.databaseUrl });
  // Like the pool: when the run ends, the servers stop first.
  connection.on('error', () => undefined);
  await connection.connect();
  const fill = await prepareFill(connection, sizes.at(-1) ?? 0);
  for (const size of sizes) {
    bench.say(`filling up to ${size} tickets`);
    await fill.upTo(size);
    bench.tickets = size;
    const isForAll = !quick || size === sizes.at(-1);
    await runGroups(bench, isForAll ? groupsAt('each size', 'each size, or the last') : groupsAt('each size'), kept);
  }
  await connection.end();
  await runGroups(bench, groupsAt('the end'), kept);
};
