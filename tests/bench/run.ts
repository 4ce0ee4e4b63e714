import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { StackProblem } from '../../dev/problem.ts';
import type { Group } from './bench.ts';
import { messageOf } from './groups.ts';
import { type Options, readOptions } from './options.ts';
import { judge } from './report/goals.ts';
import { inWords } from './report/table.ts';
import type { Results } from './results.ts';
import { arrival } from './rows/arrival.ts';
import { commands } from './rows/commands.ts';
import { doubled } from './rows/doubled.ts';
import { drain } from './rows/drain.ts';
import { firstPage } from './rows/first-page.ts';
import { growth } from './rows/growth.ts';
import { reads } from './rows/reads.ts';
import { signIns } from './rows/sign-in.ts';
import { measureStarts } from './rows/starts.ts';
import { submit } from './rows/submit.ts';
import { measureRows } from './rows.ts';

const groups: readonly Group[] = [submit, reads, commands, growth, arrival, drain, signIns, firstPage, doubled];
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
  const results: Results = { cells: [], figures: [], goals: [], failures: [] };
  const statements: Record<string, number> = {};
  const wanted = groups.filter((group) => only?.includes(group.name) ?? !(quick && group.long));
  const judged = (): Results => ({ ...results, goals: [...judge(results.cells), ...results.goals] });
  // After each group, so that an interrupted run keeps its results.
  const keep = async (): Promise<void> => {
    if (options.json === null) return;
    const all = { machine: facts, options, statements, ...judged() };
    await writeFile(options.json, JSON.stringify(all, null, 2));
  };
  const attempt = async (group: string, work: () => Promise<void>): Promise<void> => {
    await work().catch((error: unknown) => {
      console.error(error instanceof StackProblem ? error.message : error);
      results.failures.push({ group, tickets: 0, error: messageOf(error) });
    });
    await keep();
  };
  if (wanted.length > 0)
    await attempt('the stack', () => measureRows({ groups: wanted, options, results, statements, say, keep }));
  if (only?.includes(startsName) ?? !quick) await attempt(startsName, () => measureStarts({ results, say }));
  process.stdout.write(`\n${inWords(judged(), statements)}\n`);
  if (results.failures.length > 0) process.exitCode = 1;
};

const main = async (): Promise<void> => {
  const names = [...groups.map((group) => group.name), startsName];
  await run(readOptions(process.argv.slice(2), names));
};

await main().catch((error: unknown) => {
  console.error(error instanceof StackProblem ? error.message : error);
  process.exitCode = 1;
});
// Exit explicitly, because the rows' Temporal clients keep their connections open.
process.exit();
