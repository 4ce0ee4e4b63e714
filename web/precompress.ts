import { glob, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressors = [
  ['br', promisify(brotliCompress)],
  ['gz', promisify(gzip)],
] as const;

/** Below this size a compressed file saves no network packet. */
const worthwhile = 1024;

/** Writes a compressed copy beside each asset. The API sends it as it is, so no request waits for compression. */
export const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  async writeBundle({ dir }) {
    if (!dir) return;
    for await (const path of glob('assets/*.{js,css}', { cwd: dir })) {
      const file = join(dir, path);
      if ((await stat(file)).size < worthwhile) continue;
      const content = await readFile(file);
      for (const [ending, compress] of compressors) await writeFile(`${file}.${ending}`, await compress(content));
    }
  },
});
