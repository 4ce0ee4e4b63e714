import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { endGroup, howItEnded, launch, type ProcessSpec, type Say } from './launch.ts';
import { lastLines } from './log-file.ts';
import { StackProblem } from './problem.ts';
import type { Register } from './register.ts';

export interface RunningProcess {
  readonly spec: ProcessSpec;
  pid(): number | undefined;
  /** How often it ended without being stopped. */
  crashes(): number;
  /** Stops it and starts it again at once. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface Supervisor {
  /** Starts a process, and starts it again whenever it ends by itself, after a pause that grows. */
  run(spec: ProcessSpec): RunningProcess;
  /** Runs a command to its end. @throws StackProblem when it fails. */
  runOnce(spec: ProcessSpec): Promise<void>;
  /** Stops all of them. Nothing can be started afterwards. */
  stopAll(): Promise<void>;
}

interface SupervisorOptions {
  say: Say;
  /** Keeps the process ids on disk, so that the next start finds them after a kill -9. */
  register?: Register;
  firstDelayMs?: number;
}

const longestDelayMs = 30_000;
const healthyAfterMs = 60_000;

const remember = (child: ChildProcess, spec: ProcessSpec, register?: Register): void => {
  const { pid } = child;
  if (pid === undefined || register === undefined) return;
  register.add({ name: spec.name, pid, stopSignal: spec.stopSignal });
  child.once('exit', () => register.remove(pid));
};

const keepRunning = (spec: ProcessSpec, options: SupervisorOptions): RunningProcess => {
  const { say, register, firstDelayMs = 1_000 } = options;
  let child: ChildProcess;
  let alive = false;
  let crashes = 0;
  let delayMs = firstDelayMs;
  let again: NodeJS.Timeout | undefined;
  let restarting = false;
  let stopped: Promise<void> | undefined;

  const start = (): void => {
    const startedAt = Date.now();
    child = launch(spec, say);
    alive = true;
    remember(child, spec, register);
    const ended = (error?: Error): void => {
      alive = false;
      if (stopped || restarting) return;
      crashes += 1;
      if (Date.now() - startedAt > healthyAfterMs) delayMs = firstDelayMs;
      say(spec.name, `${howItEnded(child, error)}; starting it again in ${delayMs / 1_000} s`);
      again = setTimeout(start, delayMs);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
    };
    child.once('exit', () => ended());
    child.once('error', ended);
  };

  start();
  return {
    spec,
    pid: () => (alive ? child.pid : undefined),
    crashes: () => crashes,
    async restart() {
      clearTimeout(again);
      restarting = true;
      await endGroup(child, spec, say);
      restarting = false;
      delayMs = firstDelayMs;
      if (!stopped) start();
    },
    stop() {
      clearTimeout(again);
      stopped ??= endGroup(child, spec, say);
      return stopped;
    },
  };
};

// Not `exit`: first its last lines are written.
const closes = (child: ChildProcess): Promise<Error | undefined> =>
  new Promise((done) => {
    child.once('error', done);
    child.once('close', () => done(undefined));
  });

const finish = async (child: ChildProcess, spec: ProcessSpec): Promise<void> => {
  const error = await closes(child);
  if (child.exitCode === 0) return;
  const happened = `${spec.name} ${howItEnded(child, error)}.`;
  throw new StackProblem(spec.logFile ? `${happened}\n${await lastLines(spec.logFile)}` : happened);
};

export const createSupervisor = (options: SupervisorOptions): Supervisor => {
  const { say, register } = options;
  const stops = new Set<() => Promise<void>>();
  let closed = false;
  const begin = (spec: ProcessSpec): void => {
    if (closed) throw new StackProblem(`${spec.name} was not started: the stack is stopping.`);
    if (spec.logFile !== undefined) rmSync(spec.logFile, { force: true });
  };
  return {
    run(spec) {
      begin(spec);
      const started = keepRunning(spec, options);
      stops.add(() => started.stop());
      return started;
    },
    async runOnce(spec) {
      begin(spec);
      const child = launch(spec, say);
      remember(child, spec, register);
      const stop = (): Promise<void> => endGroup(child, spec, say);
      stops.add(stop);
      await finish(child, spec);
      stops.delete(stop);
    },
    async stopAll() {
      closed = true;
      await Promise.all([...stops].map((stop) => stop()));
    },
  };
};
