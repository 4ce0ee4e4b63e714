import { appendFileSync, readFileSync } from 'node:fs';

type Work = (...args: never[]) => Promise<unknown>;

/** The activities after which a process has died already, by its file. */
export const deathsIn = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);

// The process goes on for so long after the first: what other workflows do at the same time dies with it.
const agonyMs = 2_000;

/**
 * The same activities, but the process dies when some of these types have done their work: after the effect, and before
 * Temporal hears of it. Once for each type: the file remembers.
 */
export const mortal = <All extends Record<string, Work>>(
  activities: All,
  types: readonly string[],
  file: string,
): Record<string, Work> => {
  const survived = new Set(deathsIn(file));
  const deadly = types.filter((type) => !survived.has(type));
  const dying = new Set<string>();
  const dieAfter =
    (type: string, work: Work): Work =>
    async (...args) => {
      await work(...args);
      if (dying.size === 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), agonyMs);
      if (!dying.has(type)) appendFileSync(file, `${type}\n`);
      dying.add(type);
      // Nobody hears of it any more.
      return new Promise(() => undefined);
    };
  return Object.fromEntries(
    Object.entries(activities).map(([type, work]) => [type, deadly.includes(type) ? dieAfter(type, work) : work]),
  );
};
