import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Config } from '../../api/config.ts';
import { environmentOf } from '../processes.ts';
import { until } from '../until.ts';
import type { Condition } from './watched-api.ts';

/** An API process of its own that reports how it is doing. */
export interface WatchedApi {
  /** Since the last report. */
  condition(): Promise<Condition>;
  /** The warnings and errors of its log for this request. */
  troubles(requestId: string | null): string[];
  /** @throws Error when it had ended before by itself. */
  stop(): Promise<void>;
}

const keptLines = 200;
const isTrouble = /"level":(40|50|60|"(warn|error|fatal)")/;

/** Passes on each whole line. */
const eachLine = (take: (line: string) => void) => {
  let rest = '';
  return (chunk: Buffer): void => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  };
};

/** Starts `program`, which says `api ready` in its log, as the API does. */
export const startWatchedApi = async (config: Config, program = 'api/server.ts'): Promise<WatchedApi> => {
  const child: ChildProcess = fork(new URL('./watched-api.ts', import.meta.url), [resolve(program)], {
    env: environmentOf(config),
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const over = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const gone = once(child, 'exit');
  let isReady = false;
  let troubles: string[] = [];
  const keep = (line: string): void => {
    troubles = [...troubles.slice(1 - keptLines), line];
  };
  child.stdout?.on(
    'data',
    eachLine((line) => {
      if (line.includes('api ready')) isReady = true;
      if (isTrouble.test(line)) keep(line);
    }),
  );
  child.stderr?.on('data', eachLine(keep));
  await until(() => isReady || over());
  if (over()) throw new Error(`The API ended before it was ready:\n${troubles.join('\n')}`);
  return {
    async condition() {
      const answered = once(child, 'message');
      child.send('condition');
      const [condition] = await answered;
      return condition;
    },
    troubles: (requestId) => troubles.filter((line) => requestId !== null && line.includes(requestId)),
    async stop() {
      if (over())
        throw new Error(`The API ended by itself (${child.exitCode ?? child.signalCode}):\n${troubles.join('\n')}`);
      child.kill('SIGTERM');
      await gone;
    },
  };
};
