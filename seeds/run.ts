import { CommanderError } from 'commander';
import { ConfigError, readStackConfig, type StackConfig } from '../api/config.ts';
import { createTemporalClient } from '../api/temporal/client.ts';
import { seedWorkflowId } from '../workflows/seed/names.ts';
import { requireConsent, terminal } from './command/flush.ts';
import { followSeed, startSeed } from './command/follow.ts';
import { explainError, SeedProblem } from './command/problem.ts';
import { parseRequest, type SeedRequest } from './command/program.ts';
import { barScreen, jsonScreen, plainScreen, type Screen } from './command/screen.ts';
import { requireWorkers } from './command/workers.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const complain = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const screenFor = ({ command, output }: SeedRequest): Screen => {
  if (output === 'json') return jsonScreen(command, print);
  return process.stdout.isTTY ? barScreen(print, complain) : plainScreen(print, complain);
};

// This command only talks to Temporal; the workers do the rest. The address comes from the settings of npm start.
const clientFor = (config: StackConfig) => {
  const address = config.TEMPORAL_ADDRESS ?? `127.0.0.1:${config.TEMPORAL_PORT}`;
  return { address, client: createTemporalClient({ ...config, TEMPORAL_ADDRESS: address }) };
};

/** Returns the exit code. */
const seed = async (request: SeedRequest, screen: Screen, config: StackConfig): Promise<number> => {
  const { command, args } = request;
  const { address, client } = clientFor(config);
  let workflowId: string | null = null;
  try {
    if (args.flush)
      await requireConsent({ yes: request.yes, production: config.NODE_ENV === 'production' }, terminal());
    await requireWorkers(client);
    const { handle, joined } = await startSeed(client, command, args);
    workflowId = seedWorkflowId(command);
    if (joined)
      screen.say(`${workflowId} is running already. Following that one, with the options it was started with.`);
    screen.done(await followSeed(client, handle, screen), workflowId);
    return 0;
  } catch (error) {
    const problem = explainError(error, address);
    if (!(problem instanceof SeedProblem)) throw error;
    screen.failed(problem.message, workflowId);
    return 1;
  }
};

const main = async (argv: readonly string[]): Promise<number> => {
  try {
    const request = parseRequest(argv);
    return request ? await seed(request, screenFor(request), readStackConfig()) : 0;
  } catch (error) {
    if (error instanceof CommanderError) return 1;
    if (!(error instanceof ConfigError)) throw error;
    complain(error.message);
    return 1;
  }
};

// Exit instead of closing the client: closing it while it still connects in the background would crash it.
process.exit(await main(process.argv.slice(2)));
