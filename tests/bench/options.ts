import { parseArgs } from 'node:util';

export interface Options {
  quick: boolean;
  /** The file for the results as JSON, besides the printed table. */
  json: string | null;
  /** The numbers of tickets to measure at, ascending. */
  sizes: readonly number[];
  /** The numbers of concurrent clients. */
  clients: readonly number[];
  /** Seconds for a cell of writes or reads; its limit takes half as long. */
  seconds: number;
  readSeconds: number;
  /** Seconds for a cell of commands, which are slow: each involves six processes. */
  commandSeconds: number;
  /** Seconds of warm-up before each cell. */
  warmupSeconds: number;
  /** How many tickets are submitted while the workers are down. */
  drain: number;
  /** The groups to measure; null for all. */
  only: readonly string[] | null;
  /** The folder where API and workers write CPU profiles at their end. */
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

/** @throws Error with the usage for an unknown option. */
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
