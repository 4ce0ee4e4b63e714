import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleApart } from '../../../activities/worker/bundle.ts';

/** A change of the bundled workflow code. */
export interface Edit {
  /** Must be found as often as `times` says, once when left out. */
  from: RegExp;
  to: string;
  times?: number;
}

let today: Promise<string> | null = null;

/** The bundled workflow code as it is, made once. */
export const codeOfToday = (): Promise<string> => {
  today ??= bundleApart().then((bundle) => {
    if (!('code' in bundle)) throw new Error('The bundle is not at hand as code');
    return bundle.code;
  });
  return today;
};

const edited = (code: string, { from, to, times = 1 }: Edit): string => {
  const found = code.match(from)?.length ?? 0;
  if (found !== times) throw new Error(`The workflow code has ${from} ${found} times, not ${times}: adapt this fault`);
  return code.replace(from, to);
};

/** Writes the workflow code, changed so, into a file of this folder for a worker to run; answers its path. */
export const writeBundle = async (folder: string, name: string, edits: readonly Edit[] = []): Promise<string> => {
  const file = join(folder, `${name}.bundle.js`);
  await writeFile(file, edits.reduce(edited, await codeOfToday()));
  return file;
};

export const mailPauseMs = { short: 1_000, real: 5_000 };

// How long a workflow waits for a worker that is dead, or from one try to the next, changes nothing about what it does, and
// a test need not wait as long.
export const soonTriedAgain: readonly Edit[] = [
  { from: /startToCloseTimeout: '30 seconds'/g, to: "startToCloseTimeout: '8 seconds'", times: 2 },
  { from: /initialInterval: '5 seconds'/g, to: `initialInterval: '${mailPauseMs.short} milliseconds'`, times: 2 },
];
export const impatient: readonly Edit[] = [
  ...soonTriedAgain,
  { from: /heartbeatTimeout: '(10|30) seconds'/g, to: "heartbeatTimeout: '2 seconds'", times: 5 },
  // Where everything is slow, a running worker is taken for a dead one now and then.
  { from: /maximumAttempts: 8/g, to: 'maximumAttempts: 30' },
];
