import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { StackProblem } from '../../dev/problem.ts';
import type { Group } from './bench.ts';
import { type Options, readOptions } from './options.ts';
import { judge } from './report/goals.ts';
import { inWords } from './report/table.ts';
import type { Results } from './results.ts';
import { arrival } from './rows/arrival.ts';
import { commands } from './rows/commands.ts';
import { doubled } from './rows/doubled.ts';
import { drain } from './rows/drain.ts';
import { firstPage } from './rows/first-page.ts';
import { reads } from './rows/reads.ts';
import { signIns } from './rows/sign-in.ts';
import { measureStarts } from './rows/starts.ts';
import { submit } from './rows/submit.ts';
import { measureRows } from './rows.ts';

const groups: readonly Group[] = [submit, reads, commands, arrival, drain, signIns, firstPage, doubled];
const startsName = 'starts';

const machine = () => ({
  cores: cpus().length,
  processor: cpus()[0]?.model ?? '',
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  loadBefore: loadavg()[0],
});

const say = (text: string): void => {
  process.stderr.write(`· ${text}\n`);
};

const run = async (options: Options): Promise<void> => {
  const { only, quick } = options;
  const facts = machine();
  const results: Results = { cells: [], figures: [], goals: [] };
  const statements: Record<string, number> = {};
  const wanted = groups.filter((group) => only?.includes(group.name) ?? !(quick && group.long));
  if (wanted.length > 0) await measureRows({ groups: wanted, options, results, statements, say });
  if (only?.includes(startsName) ?? !quick) await measureStarts({ results, say });
  results.goals.unshift(...judge(results.cells));
  process.stdout.write(`\n${inWords(results, statements)}\n`);
  if (options.json)
    await writeFile(options.json, JSON.stringify({ machine: facts, options, statements, ...results }, null, 2));
};

const main = async (): Promise<void> => {
  const names = [...groups.map((group) => group.name), startsName];
  await run(readOptions(process.argv.slice(2), names));
};

await main().catch((error: unknown) => {
  console.error(error instanceof StackProblem ? error.message : error);
  process.exitCode = 1;
});
// The Temporal clients of the rows keep their connections open.
process.exit();
