// Records the histories in this folder again: `node tests/histories/record.ts`.
//
// They represent the workflows that are running when a new release is installed. Record them again only when the workflows
// were changed on purpose and none of the old release can still be running. Otherwise keep the old ones and add new ones: a
// change of a running workflow's code belongs behind `patched`.
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
