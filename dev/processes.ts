import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Register } from './register.ts';

export type Say = (source: string, text: string) => void;

export interface ProcessSpec {
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** PostgreSQL refuses to run as root. */
  user?: { uid: number; gid: number };
  /** Its output goes into this file, begun anew, instead of line by line to the terminal. */
  logFile?: string;
  /** What asks it to end; SIGTERM when left out. */
  stopSignal?: NodeJS.Signals;
}

export interface RunningProcess {
  readonly spec: ProcessSpec;
  pid(): number | undefined;
  /** How often it ended although nobody stopped it. */
  crashes(): number;
  stop(): Promise<void>;
}

export interface Supervisor {
  /** Starts a process and starts it again, ever more patiently, whenever it ends by itself. */
  run(spec: ProcessSpec): RunningProcess;
  stopAll(): Promise<void>;
}

interface SupervisorOptions {
  say: Say;
  /** Remembers the process ids on disk, for the start after a kill -9. */
  register?: Register;
  firstDelayMs?: number;
}

const longestDelayMs = 30_000;
const healthyAfterMs = 60_000;
const patienceMs = 15_000;
const stragglerPatienceMs = 2_000;

/** False when the group has no member any more. */
const signalGroup = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
};

const becomesTrue = async (condition: () => boolean, withinMs: number): Promise<boolean> => {
  const end = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() >= end) return false;
    await sleep(20);
  }
  return true;
};

// A session of its own keeps the terminal's Ctrl-C away from the child: who stops when is decided here.
const launch = (spec: ProcessSpec, say: Say): ChildProcess => {
  const log = spec.logFile === undefined ? undefined : openSync(spec.logFile, 'a');
  const output = log ?? 'pipe';
  const child = spawn(spec.command, spec.args, {
    detached: true,
    stdio: ['ignore', output, output],
    env: spec.env,
    ...spec.user,
  });
  if (log !== undefined) closeSync(log);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => say(spec.name, line));
  }
  return child;
};

const howItEnded = (child: ChildProcess, error: Error | undefined): string => {
  if (error) return `could not be started: ${error.message}`;
  if (child.signalCode) return `was ended by ${child.signalCode} (pid ${child.pid})`;
  return `stopped with code ${child.exitCode} (pid ${child.pid})`;
};

const keepRunning = (spec: ProcessSpec, options: SupervisorOptions): RunningProcess => {
  const { say, register, firstDelayMs = 1_000 } = options;
  let child: ChildProcess;
  let alive = false;
  let crashes = 0;
  let delayMs = firstDelayMs;
  let stopping = false;
  let again: NodeJS.Timeout | undefined;

  const start = (): void => {
    const startedAt = Date.now();
    child = launch(spec, say);
    alive = true;
    if (child.pid !== undefined) register?.add({ name: spec.name, pid: child.pid, stopSignal: spec.stopSignal });
    const ended = (error?: Error): void => {
      alive = false;
      if (child.pid !== undefined) register?.remove(child.pid);
      if (stopping) return;
      crashes += 1;
      if (Date.now() - startedAt > healthyAfterMs) delayMs = firstDelayMs;
      say(spec.name, `${howItEnded(child, error)}; starting it again in ${delayMs / 1_000} s`);
      again = setTimeout(start, delayMs);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
    };
    child.once('exit', () => ended());
    child.once('error', ended);
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    clearTimeout(again);
    const { pid } = child;
    if (pid === undefined) return;
    signalGroup(pid, spec.stopSignal ?? 'SIGTERM');
    const ended = await becomesTrue(() => !alive, patienceMs);
    if (!ended) say(spec.name, `does not stop; ending it with SIGKILL (pid ${pid})`);
    // Whoever it started may outlive it by a moment, not by more.
    const alone = ended && (await becomesTrue(() => !signalGroup(pid, 0), stragglerPatienceMs));
    if (!alone) signalGroup(pid, 'SIGKILL');
    await becomesTrue(() => !alive, stragglerPatienceMs);
  };

  if (spec.logFile !== undefined) rmSync(spec.logFile, { force: true });
  start();
  let stopped: Promise<void> | undefined;
  return {
    spec,
    pid: () => (alive ? child.pid : undefined),
    crashes: () => crashes,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
};

export const createSupervisor = (options: SupervisorOptions): Supervisor => {
  const running: RunningProcess[] = [];
  return {
    run(spec) {
      const started = keepRunning(spec, options);
      running.push(started);
      return started;
    },
    async stopAll() {
      await Promise.all(running.map((started) => started.stop()));
    },
  };
};
