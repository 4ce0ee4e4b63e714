import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { identify } from './register.ts';

const program = (start: string): string => `
  import { createSupervisor } from './processes.ts';
  import { runTool } from './run-tool.ts';
  import { runUntilStopped } from './until-stopped.ts';
  const apps = createSupervisor({ say() {} });
  const forever = 'setInterval(() => {}, 1000)';
  const node = (name) => apps.run({ name, command: process.execPath, args: ['-e', forever] });
  await runUntilStopped({
    say: (_, text) => console.log(text),
    explain: (error) => console.log('explained: ' + error.message),
    stop: () => apps.stopAll(),
    async start() {
      const api = node('api');
      const worker = node('worker');
      console.log('pids ' + api.pid() + ' ' + worker.pid());
      ${start}
    },
  });`;

interface Run {
  child: ChildProcess;
  pids: number[];
  lines: string[];
  /** Its exit code. */
  ended: Promise<number | null>;
}

const run = async (start: string): Promise<Run> => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program(start)], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(() => child.exitCode);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  const pids = lines[0]?.split(' ').slice(1).map(Number) ?? [];
  return { child, pids, lines, ended };
};

test('an error that nobody caught is explained, and ends the children with it', async () => {
  const { pids, lines, ended } = await run(`setTimeout(() => { throw new Error('unforeseen'); }, 1);`);
  expect(await ended).toBe(1);
  expect(pids.map(identify)).toEqual([null, null]);
  expect(lines).toContain('explained: unforeseen');
});

test('so does a promise that nobody caught', async () => {
  const { pids, ended } = await run(`setTimeout(() => Promise.reject(new Error('unforeseen')), 1);`);
  expect(await ended).toBe(1);
  expect(pids.map(identify)).toEqual([null, null]);
});

test('two interrupts at once leave nothing running', async () => {
  const { child, pids, lines, ended } = await run('');
  child.kill('SIGINT');
  child.kill('SIGTERM');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(pids.map(identify)).toEqual([null, null]);
  expect(lines.filter((line) => line === 'stopping …')).toHaveLength(1);
});

test('a failed start ends what it had started, and says why once', async () => {
  const { pids, lines, ended } = await run(`throw new Error('the port is taken');`);
  expect(await ended).toBe(1);
  expect(pids.map(identify)).toEqual([null, null]);
  expect(lines.slice(1)).toEqual(['explained: the port is taken']);
});

test('a tool that is under way at an interrupt ends as well', async () => {
  const { child, lines, ended } = await run(`
    const tool = runTool(process.execPath, ['-e', 'console.error(process.pid); setInterval(() => {}, 1000)']);
    tool.catch(() => undefined);
    const { execFileSync } = await import('node:child_process');
    console.log('tool ' + execFileSync('pgrep', ['-P', String(process.pid), '-f', 'console.error']).toString().trim());
    await tool;`);
  await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(2);
  const pid = Number(lines[1]?.split(' ')[1]);
  expect(identify(pid)).not.toBeNull();
  child.kill('SIGINT');
  await ended;
  await expect.poll(() => identify(pid), { timeout: 10_000 }).toBeNull();
});
