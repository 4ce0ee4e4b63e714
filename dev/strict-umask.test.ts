import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { makeDataDir } from './data-dir.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { reachableCopy } from './reachable-copy.ts';
import { canEnter, type PostgresBinaries, runsFor, serverUser } from './server-user.ts';

// Under `umask 077` what root makes is closed to PostgreSQL, which never runs as root. A test may not change the umask
// of its thread, so the rights that it would leave are set by hand.

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'umask-'));
  await chmod(home, 0o711);
  onTestFinished(() => rm(home, { recursive: true, force: true }));
});

describe.runIf(process.getuid?.() === 0)('as root', () => {
  /** PostgreSQL's package as `npm ci` leaves it in a folder that only root may enter. */
  const closedPackage = async (): Promise<PostgresBinaries> => {
    const { postgres } = await postgresBinaries(undefined);
    const original = join(postgres, '../../..');
    const folder = join(home, 'closed');
    await promisify(execFile)('cp', ['-a', original, folder]);
    await promisify(execFile)('chmod', ['-R', 'go=', folder]);
    return { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') };
  };

  test('the programs are copied so that PostgreSQL can run them, and a broken copy is replaced', async () => {
    const user = await serverUser();
    if (!user) throw new Error('There is no user for PostgreSQL');
    const closed = await closedPackage();
    expect(await runsFor(closed.postgres, user)).toBe(false);
    const cache = join(home, 'cache');
    await mkdir(cache);
    const first = await reachableCopy(closed, user, cache);
    expect(await runsFor(first.postgres, user)).toBe(true);
    // What an older release left behind.
    const copy = join(first.postgres, '../..');
    await promisify(execFile)('chmod', ['-R', 'go=', copy]);
    await writeFile(join(copy, 'left-behind'), '');
    const second = await reachableCopy(closed, user, cache);
    expect(second).toEqual(first);
    expect(await runsFor(second.initdb, user)).toBe(true);
    await expect(stat(join(copy, 'left-behind'))).rejects.toThrow('ENOENT');
  });

  test('a data folder that is made lets PostgreSQL pass, and one that was there keeps its rights', async () => {
    const user = await serverUser();
    if (!user) throw new Error('There is no user for PostgreSQL');
    await makeDataDir(join(home, 'one', 'two'));
    expect(await canEnter(join(home, 'one', 'two'), user)).toBe(true);
    await mkdir(join(home, 'closed'), { mode: 0o700 });
    await makeDataDir(join(home, 'closed'));
    expect((await stat(join(home, 'closed'))).mode & 0o777).toBe(0o700);
  });
});
