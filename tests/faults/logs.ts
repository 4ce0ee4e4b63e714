import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readStackConfig } from '../../api/config.ts';

/** Keeps what the parts have written, because their folder goes with them; answers where it lies. */
export const keepLogs = async (folder: string, seed: number): Promise<string> => {
  const { DATA_DIR: dataDir } = readStackConfig();
  const kept = join(dataDir, `faults-${seed}`);
  await mkdir(kept, { recursive: true });
  for (const name of await readdir(folder))
    if (name.endsWith('.log')) await copyFile(join(folder, name), join(kept, name));
  return kept;
};
