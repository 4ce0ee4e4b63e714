import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Config } from '../api/config.ts';
import { until } from './until.ts';

/** A process of the product, as `npm start` runs it. */
export interface TestProcess {
  pid: number;
  /** SIGKILL, so it can finish nothing. Settles when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM. Returns the exit code. */
  stop(): Promise<number | null>;
}

/** The environment variables for this configuration. */
export const environmentOf = (config: Config): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_OPTIONS: '',
  ...Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)])),
  LOG_LEVEL: 'info',
});

/** Starts one of our programs with this configuration; settles when it prints `ready`. */
export const startProcess = async (file: string, config: Config, ready: string): Promise<TestProcess> => {
  const child: ChildProcess = spawn(process.execPath, [file], {
    env: environmentOf(config),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const gone = once(child, 'exit');
  const over = () => child.exitCode !== null || child.signalCode !== null;
  await until(() => output.includes(ready) || over());
  if (over()) throw new Error(`${file} ended before it was ready:\n${output}`);
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      if (over()) return child.exitCode;
      child.kill('SIGTERM');
      await gone;
      return child.exitCode;
    },
  };
};

export const startApi = (config: Config): Promise<TestProcess> => startProcess('api/server.ts', config, 'api ready');

export const startWorker = (config: Config): Promise<TestProcess> =>
  startProcess('activities/worker.ts', config, 'worker ready');
