import { glob, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const packers = [
  ['br', promisify(brotliCompress)],
  ['gz', promisify(gzip)],
] as const;

/** Below this a packed file saves no packet. */
const worthwhile = 1024;

/** Lays a packed copy beside each asset: the API sends it as it is, so that no request waits for packing. */
export const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  async writeBundle({ dir }) {
    if (!dir) return;
    for await (const path of glob('assets/*.{js,css}', { cwd: dir })) {
      const file = join(dir, path);
      if ((await stat(file)).size < worthwhile) continue;
      const content = await readFile(file);
      for (const [ending, pack] of packers) await writeFile(`${file}.${ending}`, await pack(content));
    }
  },
});
