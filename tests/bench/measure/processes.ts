import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

// Process statistics from Linux. A part of the stack is a process and all its descendants.

interface Stat {
  pid: number;
  parent: number;
  /** Milliseconds of CPU, including ended children. */
  cpu: number;
}

// Clock ticks in /proc are hundredths of a second on every Linux that Node runs on.
const msPerTick = 10;

const statOf = (pid: number): Stat | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may contain spaces; the fields after it start with the state.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (field: number): number => fields[field] ?? 0;
    return { pid, parent: at(1), cpu: (at(11) + at(12) + at(13) + at(14)) * msPerTick };
  } catch {
    // The process has just ended.
    return null;
  }
};

const allProcesses = (): Stat[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== null);

const treeOf = (root: number, all: readonly Stat[]): Stat[] => {
  const tree = all.filter(({ pid }) => pid === root);
  for (const member of tree) tree.push(...all.filter(({ parent }) => parent === member.pid));
  return tree;
};

/** Process ids by part: `{ api: [12, 13], postgres: [9] }`. */
export type Parts = Readonly<Record<string, readonly number[]>>;

const mapParts = <Result>(parts: Parts, use: (members: Stat[]) => Result): Record<string, Result> => {
  const all = allProcesses();
  return Object.fromEntries(
    Object.entries(parts).map(([name, roots]) => [name, use(roots.flatMap((root) => treeOf(root, all)))]),
  );
};

/** Milliseconds of CPU that each part has used since its start. */
export const cpuOf = (parts: Parts): Record<string, number> =>
  mapParts(parts, (members) => members.reduce((sum, { cpu }) => sum + cpu, 0));

/** The CPU used between two calls of `cpuOf`. */
export const cpuBetween = (before: Record<string, number>, after: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));

const pssOfOne = async (pid: number): Promise<number> => {
  try {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** Megabytes of memory of each part; shared memory is counted once (PSS). */
export const memoryOf = async (parts: Parts): Promise<Record<string, number>> => {
  const found = await Promise.all(
    Object.entries(mapParts(parts, (members) => members.map(({ pid }) => pid))).map(async ([name, pids]) => {
      const sizes = await Promise.all(pids.map(pssOfOne));
      return [name, sizes.reduce((sum, size) => sum + size, 0)] as const;
    }),
  );
  return Object.fromEntries(found);
};
