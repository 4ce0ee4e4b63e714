import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { ProductPart } from '../arena/product.ts';
import { eventually } from '../eventually.ts';
import { deathsIn } from './mortal.ts';

interface Dying {
  /** The types of activities after which a worker is to die. */
  types: readonly string[];
  /** Where the deaths are noted. */
  file: string;
  /** Starts the first of them with these arguments. */
  start(args: string[]): Promise<ProductPart>;
  bundle: string;
  /** Seconds from one death to the next at most. */
  patience: number;
}

/**
 * Workers die one after the other, each after types of activities that none has died after, until every type has had
 * its death; the last worker goes on, and is the answer. @throws when nothing comes to some type, or a worker dies of
 * something else.
 */
export const dieAfterEach = async ({ types, file, start, bundle, patience }: Dying): Promise<ProductPart> => {
  writeFileSync(file, '');
  const worker = await start([bundle, file, types.join(',')]);
  try {
    for (let died = 0; died < types.length; died = deathsIn(file).length) {
      const left = types.filter((type) => !deathsIn(file).includes(type)).join(', ');
      await eventually(`a worker dies after one of ${left}`, () => worker.part.pid() === undefined, patience);
      assert.ok(deathsIn(file).length > died, `A worker died, and not after one of ${left}`);
      await worker.start();
    }
    assert.deepEqual(deathsIn(file).toSorted(), [...types].toSorted());
    return worker;
  } catch (error) {
    await worker.part.stop();
    throw error;
  }
};
