import { StackProblem } from '../../dev/problem.ts';
import { type Arena, openArena } from './arena/arena.ts';
import { createGather } from './checker/gather.ts';
import type { Fault } from './fault.ts';
import { createFaultRunner, type Result } from './fault-runner.ts';
import { faults } from './faults.ts';
import { keepLogs } from './logs.ts';
import { type Options, readOptions } from './options.ts';
import { createRandom } from './random.ts';
import { failedOf, type Outcome, reportOf } from './report.ts';

const say = (text: string): void => {
  process.stderr.write(`· ${text}\n`);
};

const messageOf = (error: unknown): string => {
  if (error instanceof StackProblem) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

/** Rejects when somebody ends the run, or something that nobody waits for has failed. */
const interrupted = (): Promise<never> =>
  new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => reject(new StackProblem(`It was ended by ${signal}`)));
    process.on('uncaughtException', reject);
    process.on('unhandledRejection', reject);
  });

const injectAll = async (arena: Arena, chosen: typeof faults, options: Options, results: Result[]): Promise<void> => {
  const gather = createGather(arena);
  const runFault = createFaultRunner({ arena, gather, options, random: createRandom(options.seed), say });
  for (const fault of chosen) results.push(await runFault(fault));
};

const runAll = async (options: Options): Promise<Outcome> => {
  const isChosen = ({ id, nightlyOnly = false }: Fault): boolean =>
    options.only?.includes(id) ?? (options.nightly || !nightlyOnly);
  const chosen = faults.filter(isChosen);
  const results: Result[] = [];
  const outcome: Outcome = {
    ...{ seed: options.seed, results, wanted: chosen.length, brokenOff: null, kills: 0, operations: [] },
  };
  const broken = interrupted();
  const opening = openArena(options);
  try {
    const arena = await Promise.race([opening, broken]);
    await Promise.race([injectAll(arena, chosen, options, results), broken]);
  } catch (error) {
    outcome.brokenOff = messageOf(error);
  }
  // Whoever breaks off while it opens waits until it can be closed again.
  const arena = await opening.catch(() => null);
  if (arena === null) return outcome;
  outcome.kills = arena.servers.supervisor.kills('');
  outcome.operations = arena.journal.operations;
  if (failedOf(outcome) > 0) say(`The logs of all parts: ${await keepLogs(arena.servers.folder, options.seed)}`);
  await arena.close().catch((error: unknown) => {
    outcome.brokenOff ??= `It could not be closed: ${messageOf(error)}`;
  });
  return outcome;
};

const main = async (): Promise<void> => {
  const options = readOptions(
    process.argv.slice(2),
    faults.map(({ id }) => id),
  );
  say(`seed ${options.seed}`);
  const outcome = await runAll(options);
  process.stdout.write(`${reportOf(outcome)}\n`);
  if (failedOf(outcome) > 0) process.exitCode = 1;
};

await main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
// The Temporal client keeps its connection open.
process.exit();
