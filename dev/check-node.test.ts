import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const script = join(import.meta.dirname, 'check-node.js');
// The machine's own: npm puts the one of node_modules before it.
const older = (process.env.PATH ?? '')
  .split(':')
  .map((folder) => join(folder, 'node'))
  .find((file) => {
    const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
    return /^v(1\d|2[0-3])\./.test(stdout ?? '');
  });

test('the Node that we need is let pass without a word', () => {
  expect(execFileSync(process.execPath, [script], { encoding: 'utf8' })).toBe('');
});

test.runIf(older)('an older one is told what to do in one sentence', () => {
  const { status, stderr } = spawnSync(older ?? '', [script], { encoding: 'utf8' });
  expect(stderr).toMatch(/^This needs Node 24, and this is Node \d+\..* run `npm rebuild --ignore-scripts=false node`/);
  expect(status).toBe(1);
});
