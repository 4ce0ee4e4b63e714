import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';
import { ClosingLine } from './tests/closing-line.ts';

const notOurs = ['**/node_modules/**', '.data/**', 'web/dist/**'];

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    pool: 'forks',
    // Only a test that hangs meets these; waiting ends with its condition.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          environment: 'node',
          include: ['**/*.test.ts'],
          exclude: [...notOurs, 'web/**', 'tests/inputs/**'],
          globalSetup: ['tests/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'inputs',
          environment: 'node',
          include: ['tests/inputs/**/*.test.ts'],
          exclude: notOurs,
          globalSetup: ['tests/global-setup.ts'],
        },
      },
      {
        extends: true,
        plugins: [solid()],
        test: { name: 'web', environment: 'jsdom', include: ['web/**/*.test.{ts,tsx}'], exclude: notOurs },
      },
    ],
  },
});
