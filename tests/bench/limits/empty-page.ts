import { join } from 'node:path';
import { build } from 'vite';
import solid from 'vite-plugin-solid';
import { precompress } from '../../../web/precompress.ts';

/** Builds a Solid page with a single field. */
export const buildEmptyPage = async (outDir: string): Promise<void> => {
  await build({
    root: join(import.meta.dirname, 'page'),
    configFile: false,
    logLevel: 'error',
    plugins: [solid(), precompress()],
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0 },
  });
};
