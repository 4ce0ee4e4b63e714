import { mulberry32 } from '../../rig/random.ts';

/** Random choices, the same ones for the same seed. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  below(limit: number): number;
  /** One of them. @throws RangeError when there is none. */
  pick<Item extends NonNullable<unknown> | null>(items: readonly Item[]): Item;
  /** True in so many per cent of all cases. */
  chance(percent: number): boolean;
  /** A stream of its own: a route gets the same choices whatever other routes there are. */
  fork(name: string): Random;
}

const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
};

export const randomOf = (seed: number): Random => {
  const next = mulberry32(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from');
      return item;
    },
    chance: (percent) => next() * 100 < percent,
    fork: (name) => randomOf(hashOf(`${seed}/${name}`)),
  };
};
