import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Config, environmentWith } from '../../api/config.ts';

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

const script = fileURLToPath(new URL('../run.ts', import.meta.url));

/** `npm run seed -- …` as a process of its own, without a terminal. */
export const runSeed = (
  argv: readonly string[],
  settings: Partial<Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE' | 'NODE_ENV'>> = {},
): Promise<Run> => {
  const { TEMPORAL_ADDRESS = '127.0.0.1:9', TEMPORAL_NAMESPACE = 'default', NODE_ENV = 'test' } = settings;
  const env = environmentWith({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, NODE_ENV });
  const child = spawn(process.execPath, [script, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const run = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...run }));
  });
};
