import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { codeOf } from './problem.ts';

const entry = z.object({
  name: z.string(),
  pid: z.number().int().positive(),
  /** When it started, and its command line: by now the process id may belong to another process. */
  identity: z.string(),
  stopSignal: z.enum(['SIGTERM', 'SIGINT']),
});
const content = z.object({ owner: entry, children: z.array(entry) });

type Entry = z.infer<typeof entry>;
type Content = z.infer<typeof content>;

/** The processes of a running stack, kept on disk: after a kill -9 the next start finds what was left behind. */
export interface Register {
  add(process: { name: string; pid: number; stopSignal?: NodeJS.Signals }): void;
  remove(pid: number): void;
  close(): void;
}

const identityFromProc = (pid: number): string => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; the fields after it are state first, start time as the twentieth.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') throw new Error('It has ended.');
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  // A process that is ending has given up its memory, and its command line with it, before its state says so.
  if (command === '') throw new Error('It is ending.');
  return `${fields[19]} ${command}`;
};

/** Null when there is no such process. */
export const identify = (pid: number): string | null => {
  try {
    if (process.platform === 'linux') return identityFromProc(pid);
    return execFileSync('ps', ['-o', 'lstart=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
};

const lives = (known: Entry): boolean => identify(known.pid) === known.identity;

const read = (file: string): Content | null => {
  try {
    return content.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new Error(`${file} cannot be read; delete it if no stack runs.`, { cause: error });
  }
};

const write = (file: string, value: Content): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(value, null, 2));
  renameSync(`${file}.new`, file);
};

const asEntry = (name: string, pid: number, signal?: NodeJS.Signals): Entry => ({
  name,
  pid,
  identity: identify(pid) ?? '',
  stopSignal: signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM',
});

export const openRegister = (file: string): Register => {
  let current: Content = { owner: asEntry('stack', process.pid), children: [] };
  const save = (children: Entry[]): void => {
    current = { ...current, children };
    write(file, current);
  };
  save([]);
  return {
    add: ({ name, pid, stopSignal }) => save([...current.children, asEntry(name, pid, stopSignal)]),
    remove: (pid) => save(current.children.filter((child) => child.pid !== pid)),
    close: () => rmSync(file, { force: true }),
  };
};

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
};

const stop = async (left: Entry, patienceMs: number): Promise<void> => {
  send(left.pid, left.stopSignal);
  const end = Date.now() + patienceMs;
  while (lives(left) && Date.now() < end) await sleep(50);
  if (lives(left)) send(left.pid, 'SIGKILL');
  while (lives(left)) await sleep(20);
};

export type Leftovers = { state: 'clean' } | { state: 'running'; pid: number } | { state: 'stopped'; names: string[] };

/** Stops what a killed stack left behind. While that stack still runs it touches nothing. */
export const stopLeftovers = async (file: string, patienceMs = 15_000): Promise<Leftovers> => {
  const known = read(file);
  if (known === null) return { state: 'clean' };
  if (lives(known.owner)) return { state: 'running', pid: known.owner.pid };
  const left = known.children.filter(lives);
  // In reverse order of their start: the servers that the others need go last.
  for (const child of left.toReversed()) await stop(child, patienceMs);
  rmSync(file, { force: true });
  return left.length === 0 ? { state: 'clean' } : { state: 'stopped', names: left.map(({ name }) => name) };
};
