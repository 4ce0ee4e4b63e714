import { ConfigError, readStackConfig } from '../api/config.ts';
import { StackProblem } from './problem.ts';
import { createSupervisor, type Supervisor } from './processes.ts';
import { assertProductMayStart, clearTheWay, type Stack, startStack, stopStack } from './stack.ts';
import { greeting, sayToTerminal as say } from './terminal.ts';
import { runUntilStopped } from './until-stopped.ts';

const startedAt = performance.now();
const watching = process.argv.includes('--watch');

const explain = (error: unknown): void => {
  const expected = error instanceof StackProblem || error instanceof ConfigError;
  console.error(expected ? `\n${error.message}\n` : error);
};

const main = async (): Promise<void> => {
  const config = readStackConfig(process.env, ['PUBLIC_URL']);
  assertProductMayStart(config, watching);
  const register = await clearTheWay(config, watching);
  const supervise = (): Supervisor => createSupervisor({ say, register });
  const stack: Stack = { config, watching, register, servers: supervise(), apps: supervise(), mail: [] };
  await runUntilStopped({
    say,
    explain,
    stop: () => stopStack(stack),
    async start() {
      const ready = await startStack(stack);
      const seconds = (performance.now() - startedAt) / 1_000;
      process.stdout.write(`${greeting({ seconds, ...ready })}\n`);
    },
  });
};

// The terminal may be closed before the stack has stopped.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

await main().catch((error: unknown) => {
  explain(error);
  process.exitCode = 1;
});
