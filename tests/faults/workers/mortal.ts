import { appendFileSync, readFileSync } from 'node:fs';

type Work = (...args: never[]) => Promise<unknown>;

/** The activities after which a process has died already, by its file. */
export const deathsIn = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);

/**
 * The same activities, but the process dies when one of these types has done its work: after the effect, and before
 * Temporal hears of it. Once for each type: the file remembers.
 */
export const mortal = <All extends Record<string, Work>>(
  activities: All,
  types: readonly string[],
  file: string,
): Record<string, Work> => {
  const survived = new Set(deathsIn(file));
  const deadly = types.filter((type) => !survived.has(type));
  const dieAfter =
    (type: string, work: Work): Work =>
    async (...args) => {
      await work(...args);
      appendFileSync(file, `${type}\n`);
      process.kill(process.pid, 'SIGKILL');
    };
  return Object.fromEntries(
    Object.entries(activities).map(([type, work]) => [type, deadly.includes(type) ? dieAfter(type, work) : work]),
  );
};
