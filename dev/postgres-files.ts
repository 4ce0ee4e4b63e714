import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { codeOf, reasonOf, StackProblem } from './problem.ts';
import { runTool } from './run-tool.ts';
import { canEnter, type PostgresBinaries, type ServerUser, userName } from './server-user.ts';

export interface Account {
  user: string;
  password: string;
}

/** The product's own role. It owns the database and has no other right on the server. */
export const app: Account = { user: 'app', password: 'app' };

/** It makes roles and databases, and the product never signs in with it. */
export const superuser: Account = { user: 'tickets', password: 'tickets' };

export const database = 'tickets';

const majorOf = async (folder: string): Promise<string | null> => {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

const isEmptyOrMissing = async (folder: string): Promise<boolean> => {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  }
};

/** A folder for a database cluster. */
export interface Cluster {
  folder: string;
  /** False: a power cut may lose the data. For tests. */
  durable: boolean;
}

const initialise = async ({ folder, durable }: Cluster, { initdb }: PostgresBinaries, user?: ServerUser) => {
  const fresh = `${folder}.new`;
  const secrets = await mkdtemp(join(tmpdir(), 'initdb-'));
  const passwordFile = join(secrets, 'password');
  try {
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true, mode: 0o700 });
    await writeFile(passwordFile, superuser.password);
    if (user) await Promise.all([fresh, secrets, passwordFile].map((path) => chown(path, user.uid, user.gid)));
    const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions'];
    const names = [`--pgdata=${fresh}`, `--username=${superuser.user}`, `--pwfile=${passwordFile}`];
    await runTool(initdb, [...names, ...flags, ...(durable ? [] : ['--no-sync'])], { ...user, cwd: '/' });
    // Only a finished cluster gets the name, so an interrupted one is made again.
    if (await isEmptyOrMissing(folder)) await rmdir(folder).catch(() => undefined);
    await rename(fresh, folder);
  } catch (cause) {
    throw new StackProblem(`The database could not be made in ${folder}: ${reasonOf(cause).trim()}`, { cause });
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
};

const assertEnterable = async (folder: string, user: ServerUser): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const upwards: string[] = [];
  for (let path = folder; dirname(path) !== path; path = dirname(path)) upwards.push(path);
  for (const path of upwards.toReversed()) {
    if (await canEnter(path, user)) continue;
    const advice =
      `Set DATA_DIR to a folder that it can enter, or let it pass with \`chmod o+x ${path}\`, or set DATABASE_URL to a ` +
      'PostgreSQL that runs elsewhere.';
    throw new StackProblem(`PostgreSQL never runs as root, and its user ${userName} cannot enter ${path}. ${advice}`);
  }
};

/** Creates the database cluster if there is none. @throws StackProblem when there is something else in the folder. */
export const prepareFolder = async (cluster: Cluster, binaries: PostgresBinaries, user?: ServerUser): Promise<void> => {
  const { folder } = cluster;
  if (user) await assertEnterable(dirname(folder), user);
  const major = await majorOf(folder);
  if (major === null) {
    if (await isEmptyOrMissing(folder)) return await initialise(cluster, binaries, user);
    throw new StackProblem(`${folder} is not a PostgreSQL folder. Move it away, or set DATA_DIR to another folder.`);
  }
  const { stdout } = await runTool(binaries.postgres, ['--version'], { ...user, cwd: '/' });
  const ours = /(\d+)\./.exec(stdout)?.[1];
  if (major === ours) return;
  const advice = `Move ${basename(folder)} away to begin afresh, or copy its data over with pg_dump of version ${major}.`;
  throw new StackProblem(`${folder} was made by PostgreSQL ${major}; this is PostgreSQL ${ours}. ${advice}`);
};
