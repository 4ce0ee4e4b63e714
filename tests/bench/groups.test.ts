import { expect, test } from 'vitest';
import type { Program } from '../rig/programs.ts';
import type { Bench, Group } from './bench.ts';
import { runGroups } from './groups.ts';
import { inWords } from './report/table.ts';

const program = (): Program => ({
  url: '',
  process: {} as Program['process'],
  stop: async () => undefined,
});

const benchOf = (): Bench => {
  const product = {
    apis: [program()],
    workers: [program()],
    addApi: async () => void product.apis.push(program()),
    addWorker: async () => void product.workers.push(program()),
  };
  const results = { cells: [], figures: [], goals: [], failures: [] };
  return { product, results, tickets: 1_000, say: () => undefined } as unknown as Bench;
};

const group = (name: string, run: Group['run']): Group => ({ name, at: 'the end', run });

test('a failing group is reported and does not stop the others', async () => {
  const bench = benchOf();
  const kept: number[] = [];
  await runGroups(
    bench,
    [
      group('first', async ({ product }) => {
        product.workers.length = 0;
        product.apis.push(program());
        throw new Error('no page came');
      }),
      group('second', async ({ results, product }) => {
        expect([product.apis.length, product.workers.length]).toEqual([1, 1]);
        results.figures.push({ name: 'measured all the same', value: 1, unit: '' });
      }),
    ],
    async () => void kept.push(bench.results.figures.length),
  );
  expect(bench.results.failures).toEqual([{ group: 'first', tickets: 1_000, error: 'no page came' }]);
  expect(kept).toEqual([0, 1]);
  const words = inWords(bench.results, {});
  expect(words).toContain('measured all the same');
  expect(words).toContain('FAILED  first at 1,000 tickets: no page came');
});
