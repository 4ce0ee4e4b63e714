import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSupervisor } from './processes.ts';
import { identify, openRegister, stopLeftovers } from './register.ts';

const forever = 'setInterval(() => {}, 1000)';

const folder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'processes-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};

const supervise = (script: string, options: { logFile?: string } = {}) => {
  const lines: string[] = [];
  const supervisor = createSupervisor({ say: (source, text) => lines.push(`${source}: ${text}`), firstDelayMs: 10 });
  onTestFinished(() => supervisor.stopAll());
  const running = supervisor.run({ name: 'worker', command: process.execPath, args: ['-e', script], ...options });
  return { running, lines, supervisor };
};

test('a crashed process is started again, and it is said', async () => {
  const { running, lines } = supervise('process.exit(3)');
  const pid = running.pid();
  await expect.poll(running.crashes, { timeout: 10_000 }).toBeGreaterThan(1);
  expect(lines[0]).toBe(`worker: stopped with code 3 (pid ${pid}); starting it again in 0.01 s`);
  expect(lines[1]).toContain('starting it again in 0.02 s');
});

test('a program that does not exist is named instead of ending the stack', async () => {
  const lines: string[] = [];
  const supervisor = createSupervisor({ say: (_, text) => lines.push(text) });
  onTestFinished(() => supervisor.stopAll());
  const running = supervisor.run({ name: 'temporal', command: '/nowhere/temporal', args: [] });
  await expect.poll(running.crashes).toBe(1);
  expect(lines[0]).toContain('could not be started: spawn /nowhere/temporal ENOENT');
});

test('a killed process comes back under another id', async () => {
  const { running, lines } = supervise(forever);
  const first = running.pid() ?? 0;
  process.kill(first, 'SIGKILL');
  await expect.poll(running.crashes).toBe(1);
  await expect.poll(running.pid).toBeTypeOf('number');
  expect(running.pid()).not.toBe(first);
  expect(lines[0]).toContain(`was ended by SIGKILL (pid ${first})`);
});

test('a restart is no crash', async () => {
  const { running, lines } = supervise(forever);
  const first = running.pid() ?? 0;
  await running.restart();
  expect(running.pid()).not.toBe(first);
  expect(identify(first)).toBeNull();
  expect(identify(running.pid() ?? 0)).not.toBeNull();
  expect([running.crashes(), lines]).toEqual([0, []]);
});

test('stopping ends the process and whatever it started', async () => {
  const child = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(forever)}])`;
  const { running, lines, supervisor } = supervise(`console.log(${child}.pid); ${forever}`);
  await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
  const pids = [running.pid() ?? 0, Number(lines[0]?.split(' ')[1])];
  expect(pids.map(identify)).not.toContain(null);
  await supervisor.stopAll();
  expect(pids.map(identify)).toEqual([null, null]);
  expect(running.crashes()).toBe(0);
});

test('output with a file of its own stays off the terminal', async () => {
  const logFile = join(await folder(), 'worker.log');
  const { lines } = supervise(`console.log('hello'); ${forever}`, { logFile });
  await expect.poll(() => readFile(logFile, 'utf8'), { timeout: 10_000 }).toBe('hello\n');
  expect(lines).toEqual([]);
});

test('what a killed stack left behind is stopped at the next start', async () => {
  const file = join(await folder(), 'processes.json');
  const child = spawn(process.execPath, ['-e', forever], { detached: true, stdio: 'ignore' });
  const pid = child.pid ?? 0;
  openRegister(file).add({ name: 'api', pid });
  expect(await stopLeftovers(file)).toEqual({ state: 'running', pid: process.pid });
  const known = JSON.parse(await readFile(file, 'utf8'));
  const dead = { ...known, owner: { ...known.owner, identity: 'someone else' } };
  await writeFile(file, JSON.stringify(dead));
  expect(await stopLeftovers(file)).toEqual({ state: 'stopped', names: ['api'] });
  expect(identify(pid)).toBeNull();
  expect(await stopLeftovers(file)).toEqual({ state: 'clean' });
});

test('a process id that belongs to someone else by now is left alone', async () => {
  const file = join(await folder(), 'processes.json');
  const child = spawn(process.execPath, ['-e', forever], { detached: true, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const stranger = { name: 'api', pid: child.pid, identity: 'another program', stopSignal: 'SIGTERM' };
  const owner = { name: 'stack', pid: 1, identity: 'gone', stopSignal: 'SIGTERM' };
  await writeFile(file, JSON.stringify({ owner, children: [stranger] }));
  expect(await stopLeftovers(file)).toEqual({ state: 'clean' });
  expect(identify(child.pid ?? 0)).not.toBeNull();
});
