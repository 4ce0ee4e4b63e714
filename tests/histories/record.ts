// Records the histories of this folder anew: `node tests/histories/record.ts`.
//
// They stand for the workflows that run when a new release is installed, so they are recorded anew only when the workflows were
// changed on purpose and nothing of the old release can run any more. Else keep the old ones, and add to them: a change
// of a running workflow's code belongs behind `patched`.
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', [], {
  config: false,
  include: ['tests/histories/*.recording.ts'],
  globalSetup: ['tests/global-setup.ts'],
  pool: 'forks',
  maxWorkers: 2,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  watch: false,
});
await vitest.close();
