import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The log file of a process whose output would only clutter the terminal. */
export const logFileOf = async (dataDir: string, name: string): Promise<string> => {
  const folder = join(dataDir, 'logs');
  await mkdir(folder, { recursive: true });
  return join(folder, `${name}.log`);
};

/** The end of a log file. */
export const lastLines = async (file: string): Promise<string> => {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-12).join('\n');
};
