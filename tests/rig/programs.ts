import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentWith } from '../../api/config.ts';
import { freePorts } from '../../dev/ports.ts';
import type { RunningProcess } from '../../dev/processes.ts';
import { waitUntilReady } from '../../dev/ready.ts';
import { generousLimits } from './limits.ts';
import type { Servers } from './servers.ts';

/** A program next to the servers: part of the product, or a limit. */
export interface Program {
  /** Its address, if it listens. */
  url: string;
  process: RunningProcess;
  stop(): Promise<void>;
}

interface ProgramSpec {
  name: string;
  file: string;
  args?: readonly string[];
  /** The text in its log that says it is ready. */
  ready: string;
  settings?: Record<string, string>;
  nodeOptions?: readonly string[];
}

const logHas = async (file: string, words: string): Promise<boolean> =>
  (await readFile(file, 'utf8').catch(() => '')).includes(words);

/** Starts one of our programs with production settings, logging to a file. */
export const startProgram = async (servers: Servers, spec: ProgramSpec): Promise<Program> => {
  const { name, file, args = [], ready, settings = {}, nodeOptions = [] } = spec;
  const [port = 0] = await freePorts(1);
  const url = settings.PUBLIC_URL ?? `http://localhost:${port}`;
  const logFile = join(servers.folder, `${name}.log`);
  const process = servers.supervisor.run({
    name,
    command: globalThis.process.execPath,
    args: [...nodeOptions, file, ...args],
    logFile,
    env: environmentWith({
      NODE_ENV: 'development',
      LOG_LEVEL: 'info',
      DATABASE_URL: servers.databaseUrl,
      TEMPORAL_ADDRESS: servers.temporalAddress,
      TEMPORAL_NAMESPACE: servers.namespace,
      // A worker of another build becomes current when it starts.
      WORKER_MAKE_CURRENT: 'true',
      // A few people do here what many do elsewhere.
      ...generousLimits,
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: url,
      ...settings,
    }),
  });
  await waitUntilReady({
    what: name,
    isReady: () => logHas(logFile, ready),
    withinMs: 60_000,
    processes: [process],
  });
  return { url: `http://127.0.0.1:${port}`, process, stop: () => process.stop() };
};
