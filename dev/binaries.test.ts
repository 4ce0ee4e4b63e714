import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { firstFound, fromDownload, keptCopy, onPath, type Source } from './binaries.ts';

const folder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'binaries-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};

const script = async (file: string, text: string): Promise<string> => {
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
  return file;
};

const never: Source = { name: 'a place never asked', find: () => Promise.reject(new Error('asked')) };

test('a program on PATH comes first', async () => {
  const bin = await folder();
  const program = await script(join(bin, 'temporal'), 'echo temporal version 1.9.1');
  const found = await firstFound('Temporal', [onPath('temporal', `/nowhere::${bin}`), never], '');
  expect(found).toBe(program);
});

test('a program on PATH that does not run is passed over for the kept copy', async () => {
  const bin = await folder();
  await script(join(bin, 'temporal'), 'exit 1');
  const copy = await script(join(bin, 'temporal-1.9.1'), 'true');
  const found = await firstFound('Temporal', [onPath('temporal', bin), keptCopy(copy), never], '');
  expect(found).toBe(copy);
});

test('a download is kept under its own name, and found there the next time', async () => {
  const file = join(await folder(), 'temporal-1.9.1');
  const download = fromDownload(file, async (into) => void (await script(join(into, 'temporal-sdk-xyz'), 'true')));
  await expect(keptCopy(file).find()).rejects.toThrow('not there');
  expect(await download.find()).toBe(file);
  expect(await keptCopy(file).find()).toBe(file);
});

test('when none can be had, the error lists what was tried and what to do', async () => {
  const file = join(await folder(), 'temporal-1.9.1');
  const offline = fromDownload(file, () => Promise.reject(new Error('dns error')));
  await expect(
    firstFound('The Temporal server', [onPath('temporal', '/nowhere'), keptCopy(file), offline], 'Install it.'),
  ).rejects.toThrow(
    'The Temporal server was not found and could not be downloaded. Tried:\n' +
      `  - \`temporal\` on PATH: not there\n  - ${file}: not there\n  - download by the Temporal SDK: dns error\nInstall it.`,
  );
});
