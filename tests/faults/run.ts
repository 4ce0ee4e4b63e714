import { StackProblem } from '../../dev/problem.ts';
import { type Arena, openArena } from './arena/arena.ts';
import { createGather } from './checker/gather.ts';
import { faults } from './faults.ts';
import { type Options, readOptions } from './options.ts';
import { createRandom } from './random.ts';
import { createRound, hasPassed, type Result } from './round.ts';
import { inWords } from './table.ts';

const say = (text: string): void => {
  process.stderr.write(`· ${text}\n`);
};

const injectAll = async (arena: Arena, options: Options): Promise<Result[]> => {
  const gather = createGather(arena);
  const round = createRound({ arena, gather, options, random: createRandom(options.seed), say });
  const results: Result[] = [];
  for (const fault of faults) if (options.only?.includes(fault.id) ?? true) results.push(await round(fault));
  return results;
};

const closeOnSignal = (arena: Arena): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void arena.close().then(() => process.exit(130));
    });
};

const main = async (): Promise<void> => {
  const options = readOptions(
    process.argv.slice(2),
    faults.map(({ id }) => id),
  );
  say(`seed ${options.seed}`);
  const arena = await openArena();
  closeOnSignal(arena);
  const results = await injectAll(arena, options).finally(() => arena.close());
  const passed = results.filter(hasPassed).length;
  const submissions = new Set(arena.journal.operations.flatMap(({ kind, key }) => (kind === 'submit' ? [key] : [])));
  process.stdout.write(`\n${inWords(results)}\n`);
  process.stdout.write(
    `seed ${options.seed}: ${submissions.size} submissions, ${arena.servers.supervisor.kills('')} kills\n`,
  );
  process.stdout.write(`${passed} passed, ${results.length - passed} failed\n`);
  if (passed < results.length) process.exitCode = 1;
};

await main().catch((error: unknown) => {
  console.error(error instanceof StackProblem ? error.message : error);
  process.exitCode = 1;
});
// The Temporal client keeps its connection open.
process.exit();
