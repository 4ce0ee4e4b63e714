import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { environmentWith, settings } from '../api/config.ts';
import { codeOf } from './problem.ts';
import type { Supervisor } from './processes.ts';

const root = resolve(import.meta.dirname, '..');
const dist = 'web/dist';
// In the folder of the built pages: a build by hand empties it and so removes the stamp.
const stampFile = join(root, dist, 'sources.sha256');
// The pages share schemas and rules with the API and the workflows.
const sources = ['web/**/*', 'api/**/*.ts', 'workflows/**/*.ts', 'package-lock.json'];

const isSource = (path: string): boolean => !path.startsWith(`${dist}/`) && !/\.(test|fixture)\.tsx?$/.test(path);

const stampOfSources = async (): Promise<string> => {
  const paths: string[] = [];
  for await (const entry of glob(sources, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) paths.push(join(entry.parentPath, entry.name).slice(root.length + 1));
  }
  const hash = createHash('sha256');
  for (const path of paths.filter(isSource).toSorted())
    hash.update(`${path}\0`).update(await readFile(join(root, path)));
  return hash.digest('hex');
};

const stampOfBuild = async (): Promise<string | null> => {
  try {
    return await readFile(stampFile, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

const vite = join(root, 'node_modules/vite/bin/vite.js');

/** Builds the pages, unless they were built from these very sources. A WEB_DIST that is set is left alone. */
export const buildWeb = async (supervisor: Supervisor, webDist: string): Promise<void> => {
  if (resolve(webDist) !== resolve(root, settings.shape.WEB_DIST.parse(undefined))) return;
  const stamp = await stampOfSources();
  if ((await stampOfBuild()) === stamp) return;
  const args = [vite, 'build', join(root, 'web'), '--logLevel', 'error'];
  await supervisor.runOnce({ name: 'web', command: process.execPath, args, env: environmentWith({}) });
  await writeFile(stampFile, stamp);
};

export const viteServer = (env: NodeJS.ProcessEnv) => ({
  name: 'web',
  command: process.execPath,
  args: [vite, join(root, 'web'), '--clearScreen', 'false', '--logLevel', 'warn'],
  env,
});
