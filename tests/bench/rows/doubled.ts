import type { Bench, Group } from '../bench.ts';
import { keepOnly } from '../stack/product.ts';
import { commands } from './commands.ts';
import { reads } from './reads.ts';
import { submit } from './submit.ts';

/** Some rows again with two API and two worker processes, to show the effect of a second one. */
export const doubled: Group = {
  name: 'doubled',
  at: 'the end',
  long: true,
  async run(bench) {
    const { product, options } = bench;
    bench.say('two API and two worker processes');
    await product.addApi();
    await product.addWorker();
    const crowd: Bench = { ...bench, options: { ...options, clients: [Math.max(...options.clients)] } };
    for (const group of [submit, reads, commands]) await group.run(crowd);
    await keepOnly(product, 1, 1);
  },
};
