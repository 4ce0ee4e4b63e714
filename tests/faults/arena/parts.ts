import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { endGroup, launch, type ProcessSpec, type Say } from '../../../dev/launch.ts';
import { createSupervisor, type RunningProcess, type Supervisor } from '../../../dev/processes.ts';
import type { Register } from '../../../dev/register.ts';
import { eventually } from '../eventually.ts';

/** A process that stays down when it was killed, until somebody starts it again. */
export interface Part extends RunningProcess {
  start(): void;
  /** A signal that gives it no chance to finish; settles when it is gone. @throws when it is not running. */
  kill(signal?: 'SIGKILL' | 'SIGQUIT'): Promise<void>;
  /** Asks it to end by itself; answers its exit code, null when it did not obey. */
  end(): Promise<number | null>;
  /** Stops the clock for it, as a machine does that swaps or migrates. */
  freeze(): void;
  thaw(): void;
}

export interface Parts extends Supervisor {
  run(spec: ProcessSpec): Part;
  /** @throws Error when nothing of this name was started. */
  part(name: string): Part;
  /** How often parts whose name begins so were killed. */
  kills(prefix: string): number;
}

const isOver = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

interface Making {
  say: Say;
  register: Register;
  counted(name: string): void;
}

const makePart = (spec: ProcessSpec, { say, register, counted }: Making): Part => {
  let child: ChildProcess;
  let crashes = 0;
  let wanted = true;
  const alive = (): boolean => !isOver(child);

  const pidOf = (): number => {
    if (child.pid === undefined || isOver(child)) throw new Error(`${spec.name} is not running`);
    return child.pid;
  };
  const start = (): void => {
    wanted = true;
    const started = launch(spec, say);
    child = started;
    const { pid } = started;
    if (pid !== undefined) register.add({ name: spec.name, pid, stopSignal: spec.stopSignal });
    started.once('exit', () => {
      if (pid !== undefined) register.remove(pid);
      if (!wanted || child !== started) return;
      crashes += 1;
      // Some workers kill themselves, at a moment that nobody else could hit.
      if (started.signalCode === 'SIGKILL') counted(spec.name);
      say(spec.name, `ended by itself: ${started.signalCode ?? `code ${started.exitCode}`}`);
    });
  };
  const stop = (): Promise<void> => {
    wanted = false;
    return endGroup(child, spec, say);
  };

  start();
  return {
    spec,
    start,
    stop,
    pid: () => (alive() ? child.pid : undefined),
    crashes: () => crashes,
    async restart() {
      await stop();
      start();
    },
    async kill(signal = 'SIGKILL') {
      const pid = pidOf();
      wanted = false;
      process.kill(signal === 'SIGKILL' ? -pid : pid, signal);
      counted(spec.name);
      await eventually(`${spec.name} is gone`, () => !alive());
    },
    async end() {
      pidOf();
      await stop();
      return child.exitCode;
    },
    freeze: () => void process.kill(-pidOf(), 'SIGSTOP'),
    thaw: () => void process.kill(-pidOf(), 'SIGCONT'),
  };
};

/** Runs processes that are there to be killed. */
export const createParts = ({ say, register }: { say: Say; register: Register }): Parts => {
  const once = createSupervisor({ say, register });
  const parts = new Map<string, Part>();
  const kills = new Map<string, number>();
  const counted = (name: string): void => {
    kills.set(name, (kills.get(name) ?? 0) + 1);
  };
  return {
    run(spec) {
      if (spec.logFile !== undefined) rmSync(spec.logFile, { force: true });
      const part = makePart(spec, { say, register, counted });
      parts.set(spec.name, part);
      return part;
    },
    runOnce: (spec) => once.runOnce(spec),
    part(name) {
      const part = parts.get(name);
      if (!part) throw new Error(`There is no part ${name}`);
      return part;
    },
    kills: (prefix) => [...kills].reduce((sum, [name, times]) => sum + (name.startsWith(prefix) ? times : 0), 0),
    async stopAll() {
      await once.stopAll();
      // The latest first: the servers that others lean on go last.
      for (const part of [...parts.values()].toReversed()) await part.stop();
    },
  };
};
