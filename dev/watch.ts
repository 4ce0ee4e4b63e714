import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Say } from './launch.ts';
import type { RunningProcess } from './processes.ts';

const folders = ['api', 'activities', 'workflows', 'seeds'];
const calmMs = 150;

const isSource = (file: string | null): boolean => file !== null && /(?<!\.test|\.fixture)\.ts$/.test(file);

/**
 * Starts the processes again when a source file changes. Not `node --watch`: that reports what a thread imports
 * through the thread's message channel. The Temporal worker takes that for a message of a workflow and crashes.
 */
export const restartOnChange = (processes: readonly RunningProcess[], say: Say): void => {
  let calm: NodeJS.Timeout | undefined;
  let restarts = Promise.resolve();
  const restart = async (): Promise<void> => {
    await Promise.all(processes.map((process) => process.restart()));
  };
  for (const folder of folders) {
    watch(resolve(import.meta.dirname, '..', folder), { recursive: true }, (_event, file) => {
      if (!isSource(file)) return;
      clearTimeout(calm);
      calm = setTimeout(() => {
        say('stack', `${join(folder, file ?? '')} has changed: starting ${processes.length} processes again`);
        restarts = restarts.then(restart);
      }, calmMs);
    });
  }
};
