import { chmod, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes the data folder, if it is missing. PostgreSQL never runs as root: as another user it must be able to pass through
 * here, also where a strict umask would not let it. A folder that was there keeps its rights.
 */
export const makeDataDir = async (dataDir: string): Promise<void> => {
  const folder = resolve(dataDir);
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined || process.getuid?.() !== 0) return;
  for (let made = folder; made.startsWith(first); made = dirname(made)) await chmod(made, 0o711);
};
