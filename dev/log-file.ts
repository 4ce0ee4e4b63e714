import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the output of a process is kept that would only clutter the terminal. */
export const logFileOf = async (dataDir: string, name: string): Promise<string> => {
  const folder = join(dataDir, 'logs');
  await mkdir(folder, { recursive: true });
  return join(folder, `${name}.log`);
};

/** What a process wrote last into its file. */
export const lastLines = async (file: string): Promise<string> => {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-12).join('\n');
};
