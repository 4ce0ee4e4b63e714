import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Arena } from './arena.ts';

const run = promisify(execFile);

/** A copy of all that PostgreSQL has, made while it is down for a moment. */
export interface Backup {
  /** Puts it back; the product is down meanwhile, as whoever does this by hand would see to. */
  restore(): Promise<void>;
}

export const makeBackup = async ({ servers, postgres, product, heal }: Arena): Promise<Backup> => {
  const folder = join(servers.folder, 'postgres');
  const copy = join(servers.folder, 'backup');
  // The server runs as another user: its files must keep that owner.
  const copyAll = async (from: string, to: string): Promise<void> => {
    await rm(to, { recursive: true, force: true });
    await run('cp', ['-a', from, to]);
  };
  await postgres.end();
  await copyAll(folder, copy);
  await heal();
  return {
    async restore() {
      for (const one of [product.api, product.worker]) await one.part.end();
      await postgres.end();
      await copyAll(copy, folder);
      await rm(copy, { recursive: true, force: true });
      await heal();
    },
  };
};
