import { mulberry32 } from '../rig/random.ts';

/** Numbers from a seed: the same seed makes the same run. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** So many of them, each once. */
  sample<Item>(items: readonly Item[], count: number): Item[];
  /** An independent stream, so that one consumer more does not change what the others draw. */
  fork(): Random;
}

export const createRandom = (seed: number): Random => {
  const next = mulberry32(seed);
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    pick(items) {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('There is nothing to pick from');
      return item;
    },
    sample(items, count) {
      const left = [...items];
      return Array.from({ length: Math.min(count, items.length) }, () =>
        left.splice(between(0, left.length - 1), 1),
      ).flat();
    },
    fork: () => createRandom(between(0, 2 ** 32 - 1)),
  };
};
