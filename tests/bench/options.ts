import { parseArgs } from 'node:util';

export interface Options {
  quick: boolean;
  /** Where the results go as JSON besides the printed table. */
  json: string | null;
  /** Numbers of tickets at which is measured, growing. */
  sizes: readonly number[];
  /** Numbers of clients that ask at the same time. */
  clients: readonly number[];
  /** Length of a cell in which people write, and of one in which they read; that of its limit is half as long. */
  seconds: number;
  readSeconds: number;
  /** Length of a cell of commands: few of them fit into a second, and each moves six processes. */
  commandSeconds: number;
  /** Length of the warming up before each. */
  warmupSeconds: number;
  /** How many tickets are submitted while the workers are down. */
  drain: number;
  /** Groups of rows; null: all of them. */
  only: readonly string[] | null;
  /** API and workers write CPU profiles into this folder when they end. */
  profile: string | null;
}

const full = {
  sizes: [100, 1_000, 10_000, 100_000],
  seconds: 6,
  readSeconds: 2.5,
  commandSeconds: 15,
  warmupSeconds: 0.5,
  drain: 2_000,
};
const quick = {
  sizes: [1_000, 10_000],
  seconds: 1.4,
  readSeconds: 0.6,
  commandSeconds: 6,
  warmupSeconds: 0.1,
  drain: 150,
};
const longestCell = 15;

const usage = `npm run bench -- [options]
  --quick          fewer sizes and shorter cells: under three minutes
  --json FILE      writes the results as JSON, too
  --only a,b       only these groups of rows
  --sizes 100,…    other numbers of tickets
  --seconds N      length of a cell, at most ${longestCell}
  --profile DIR    API and workers write CPU profiles there`;

const numbers = (text: string): number[] => text.split(',').map(Number);

/** @throws Error with the usage for a word that it does not know. */
export const readOptions = (argv: readonly string[], groups: readonly string[]): Options => {
  const { values } = parse(argv);
  const preset = values.quick ? quick : full;
  const sizes = values.sizes === undefined ? preset.sizes : numbers(values.sizes);
  const seconds = values.seconds === undefined ? preset.seconds : Number(values.seconds);
  const only = values.only?.split(',') ?? null;
  const strange = only?.find((name) => !groups.includes(name));
  if (strange !== undefined) throw new Error(`There is no group ${strange}. Choose of ${groups.join(', ')}.`);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1)) throw new Error(`--sizes takes numbers.\n${usage}`);
  if (!(seconds > 0 && seconds <= longestCell)) throw new Error(`--seconds goes up to ${longestCell}.\n${usage}`);
  return {
    ...preset,
    ...(values.seconds === undefined ? {} : { seconds, readSeconds: seconds, commandSeconds: seconds }),
    quick: values.quick ?? false,
    json: values.json ?? null,
    profile: values.profile ?? null,
    sizes: sizes.toSorted((a, b) => a - b),
    clients: [1, 16],
    only,
  };
};

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        quick: { type: 'boolean' },
        json: { type: 'string' },
        only: { type: 'string' },
        sizes: { type: 'string' },
        seconds: { type: 'string' },
        profile: { type: 'string' },
      },
    });
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause });
  }
};
