import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { type Config, environmentWith } from '../../api/config.ts';
import type { SeedArgs, SeedProgress, SeedReport } from '../../workflows/seed/messages.ts';
import type { SeedCommand } from '../../workflows/seed/names.ts';
import { followSeed, startSeed } from './follow.ts';
import { explainError } from './problem.ts';

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
  more: Record<string, string> = {},
): Promise<Run> => {
  const { TEMPORAL_ADDRESS = '127.0.0.1:9', TEMPORAL_NAMESPACE = 'default', NODE_ENV = 'test' } = settings;
  const env = environmentWith({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, NODE_ENV, ...more });
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

/** Runs a seed command in this process to its end. */
export const runToEnd = async (
  client: Client,
  command: SeedCommand,
  args: SeedArgs = {},
  progress: (progress: SeedProgress) => void = () => undefined,
): Promise<SeedReport> => {
  const { handle } = await startSeed(client, command, args);
  return followSeed(client, handle, { progress, say() {} });
};

/** The text at the terminal when a command fails. */
export const refusedWith = async (client: Client, command: SeedCommand, args: SeedArgs = {}): Promise<string> => {
  try {
    await runToEnd(client, command, args);
  } catch (error) {
    const problem = explainError(error, 'temporal');
    if (problem instanceof Error) return problem.message;
  }
  return 'not refused';
};
