import { parseArgs } from 'node:util';

export interface Options {
  /** The long profile. */
  nightly: boolean;
  seed: number;
  /** Ids of the faults to inject; null: all. */
  only: readonly string[] | null;
}

const usage = `npm run test:faults -- [options]
  --nightly      the long profile: thousands of tickets, a hundred kills
  --seed N       the same run again: who is killed, and when
  --only F-05,…  only these faults`;

/** @throws Error with the usage for a word that it does not know. */
export const readOptions = (argv: readonly string[], known: readonly string[]): Options => {
  const { values } = parse(argv);
  const only = values.only?.split(',') ?? null;
  const strange = only?.find((id) => !known.includes(id));
  if (strange !== undefined) throw new Error(`There is no fault ${strange}. Choose of ${known.join(', ')}.`);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0) throw new Error(`--seed takes a whole number.\n${usage}`);
  return { nightly: values.nightly ?? false, seed, only };
};

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({
      args: [...argv],
      options: { nightly: { type: 'boolean' }, seed: { type: 'string' }, only: { type: 'string' } },
    });
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause });
  }
};
