import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readStackConfig } from '../api/config.ts';
import { isExecutable } from './binaries.ts';
import { temporalVersions } from './temporal-binaries.ts';

const { cli, server, ui } = temporalVersions;
const file = resolve(readStackConfig().DATA_DIR, 'bin', `temporal-${cli}`);

// It is there unless a `temporal` of the machine's own was found first.
test.runIf(await isExecutable(file))('the program that npm start downloads has the versions that we name', () => {
  const version = execFileSync(file, ['--version'], { encoding: 'utf8' }).trim();
  expect(version).toBe(`temporal version ${cli} (Server ${server}, UI ${ui})`);
});
