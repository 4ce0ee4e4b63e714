import { chmod, copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { environmentWith, readStackConfig } from '../../../api/config.ts';
import { freePorts } from '../../../dev/ports.ts';
import { createSupervisor, type Supervisor } from '../../../dev/processes.ts';
import { waitUntilReady } from '../../../dev/ready.ts';
import { temporalBinary } from '../../../dev/temporal-binaries.ts';
import { memoryOf } from '../measure/processes.ts';
import type { Results } from '../results.ts';
import { memoryFigures } from './memory.ts';

export interface Starting {
  results: Results;
  say(text: string): void;
}

const ready = /Everything is ready in ([\d.]+) s/;
const restMs = 5_000;

/** Settings for an isolated `npm start`. */
const settingsFor = async (folder: string): Promise<Record<string, string>> => {
  const [api, postgres, temporal, ui, smtp, mail] = (await freePorts(6)).map(String);
  return {
    // Building the pages has set `production` in this process.
    NODE_ENV: 'development',
    DATA_DIR: folder,
    PORT: api ?? '',
    PUBLIC_URL: `http://localhost:${api}`,
    POSTGRES_PORT: postgres ?? '',
    TEMPORAL_PORT: temporal ?? '',
    TEMPORAL_UI_PORT: ui ?? '',
    MAIL_SMTP_PORT: smtp ?? '',
    MAIL_PORT: mail ?? '',
  };
};

// The Temporal server is downloaded beforehand: that happens once on a machine and measures the network.
const bringTemporal = async (folder: string, say: (text: string) => void): Promise<void> => {
  const { DATA_DIR: dataDir, PATH: path } = readStackConfig();
  const binary = await temporalBinary({ dataDir, path, say });
  await mkdir(join(folder, 'bin'), { recursive: true });
  await copyFile(binary, join(folder, 'bin', binary.split('/').at(-1) ?? ''));
};

const register = z.object({ children: z.array(z.object({ name: z.string(), pid: z.int() })) });

const partsOf = async (folder: string): Promise<Record<string, number[]>> => {
  const { children } = register.parse(JSON.parse(await readFile(join(folder, 'processes.json'), 'utf8')));
  return Object.fromEntries(children.map(({ name, pid }) => [name, [pid]]));
};

interface Start {
  supervisor: Supervisor;
  folder: string;
  env: NodeJS.ProcessEnv;
}

/** Runs `npm start` until it is ready. Returns the seconds that it prints and the memory once it is idle. */
const startOnce = async ({ supervisor, folder, env }: Start) => {
  const logFile = join(folder, 'up.log');
  const stack = supervisor.run({ name: 'npm start', command: process.execPath, args: ['dev/up.ts'], env, logFile });
  let seconds = Number.NaN;
  await waitUntilReady({
    what: 'npm start',
    withinMs: 300_000,
    processes: [stack],
    isReady: async () => {
      seconds = Number(ready.exec(await readFile(logFile, 'utf8'))?.[1] ?? Number.NaN);
      return !Number.isNaN(seconds);
    },
  });
  await sleep(restMs);
  const memory = await memoryOf(await partsOf(folder));
  await stack.stop();
  return { seconds, memory };
};

/** Measures the first `npm start` in an empty folder, and the second one. */
export const measureStarts = async ({ results, say }: Starting): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'tickets-start-'));
  // When we are root, PostgreSQL runs as another user and needs access.
  await chmod(folder, 0o711);
  const supervisor = createSupervisor({ say: (source, text) => say(`${source}: ${text}`) });
  try {
    await bringTemporal(folder, say);
    const env = environmentWith(await settingsFor(folder));
    for (const name of ['cold start', 'second start']) {
      say(`npm start, ${name}`);
      const { seconds, memory } = await startOnce({ supervisor, folder, env });
      results.figures.push({ name: `npm start, ${name}`, value: seconds, unit: 's' });
      memoryFigures(results, `idle in npm start, after the ${name}`, memory);
    }
  } finally {
    await supervisor.stopAll();
    await rm(folder, { recursive: true, force: true });
  }
};
