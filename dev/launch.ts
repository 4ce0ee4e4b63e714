import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export type Say = (source: string, text: string) => void;

export interface ProcessSpec {
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** PostgreSQL refuses to run as root. */
  user?: { uid: number; gid: number };
  /** Its output goes to this file, which is emptied first, instead of to the terminal. */
  logFile?: string;
  /** The signal that asks it to end; SIGTERM when left out. */
  stopSignal?: NodeJS.Signals;
}

// In a session of its own the child does not get the terminal's Ctrl-C: we decide here who stops when.
export const launch = (spec: ProcessSpec, say: Say): ChildProcess => {
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

export const howItEnded = (child: ChildProcess, error?: Error): string => {
  if (error) return `could not be started: ${error.message}`;
  if (child.signalCode) return `was ended by ${child.signalCode} (pid ${child.pid})`;
  return `stopped with code ${child.exitCode} (pid ${child.pid})`;
};

/** False when the group has no processes left. */
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

const patienceMs = 15_000;
const stragglerPatienceMs = 2_000;

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Asks the process to end. If it does not, kills it with everything that it started. */
export const endGroup = async (child: ChildProcess, spec: ProcessSpec, say: Say): Promise<void> => {
  const { pid } = child;
  if (pid === undefined || hasEnded(child)) return;
  signalGroup(pid, spec.stopSignal ?? 'SIGTERM');
  const ended = await becomesTrue(() => hasEnded(child), patienceMs);
  if (!ended) say(spec.name, `does not stop; ending it with SIGKILL (pid ${pid})`);
  // What it started may outlive it for a moment only.
  const alone = ended && (await becomesTrue(() => !signalGroup(pid, 0), stragglerPatienceMs));
  if (!alone) signalGroup(pid, 'SIGKILL');
  await becomesTrue(() => hasEnded(child), stragglerPatienceMs);
};
