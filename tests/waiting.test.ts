import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { whatIsMissing } from '../api/operations/what-is-missing.ts';
import { freePorts } from '../dev/ports.ts';
import { environmentOf } from './processes.ts';
import { type Proxy as Road, startProxy } from './proxy.ts';
import { freshDatabase, freshNamespace, type TestDatabase, testConfig } from './stack.ts';
import { until } from './until.ts';

let database: TestDatabase;
let postgres: Road;
let temporal: Road;

beforeAll(async () => {
  database = await freshDatabase();
  postgres = await startProxy(new URL(database.url).host);
  temporal = await startProxy(inject('temporalAddress'));
});
afterAll(async () => {
  await Promise.all([postgres.cut(), temporal.cut()]);
  await database.drop();
});

const start = (command: string, env: NodeJS.ProcessEnv): { child: ChildProcess; output(): string } => {
  const child = spawn(process.execPath, command.split(' '), { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
  return { child, output: () => output };
};

const stop = async (child: ChildProcess): Promise<number | null> => {
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  return code;
};

const stackTrace = /\n\s+at .*[:(]/;

test('API and worker that start before their servers wait for them, say so, and go on when they are there', async () => {
  const [port = 0] = await freePorts(1);
  const url = new URL(database.url);
  url.host = postgres.address;
  const config = testConfig({
    DATABASE_URL: url.href,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: await freshNamespace(),
    WORKFLOW_BUNDLE: inject('workflowBundlePath'),
    WORKER_MAKE_CURRENT: true,
    PORT: port,
  });
  await Promise.all([postgres.cut(), temporal.cut()]);
  expect(await whatIsMissing(config)).toEqual([
    expect.stringContaining(`PostgreSQL at ${postgres.address}`),
    expect.stringContaining(`Temporal at ${temporal.address}`),
  ]);
  const api = start('api/server.ts', environmentOf(config));
  const worker = start('activities/worker.ts', environmentOf(config));
  const programs = [api, worker];
  const awaited = `PostgreSQL at ${postgres.address}${url.pathname} (DATABASE_URL) does not answer: `;
  for (const program of programs) await until(() => program.output().includes(awaited));
  await postgres.open();
  await until(() => api.output().includes('api ready'));
  await until(() => worker.output().includes(`Temporal at ${temporal.address} (TEMPORAL_ADDRESS) does not answer: `));
  await temporal.open();
  await until(() => worker.output().includes('worker ready'));
  // Temporal hears of a worker with its first poll.
  await until(async () => (await whatIsMissing(config)).length === 0);
  for (const { output } of programs) {
    expect(output()).not.toMatch(stackTrace);
    expect(output()).not.toContain(url.password);
  }
  expect(await Promise.all(programs.map(({ child }) => stop(child)))).toEqual([0, 0]);
});

const nowhere = 'postgresql://tickets:secret@127.0.0.1:9/tickets';
const away = { DATABASE_URL: nowhere, TEMPORAL_ADDRESS: '127.0.0.1:9' };

/** What a program prints that ends by itself, and its exit code. */
const run = async (command: string, env: Record<string, string>): Promise<{ code: number | null; output: string }> => {
  const { PATH } = process.env;
  const { child, output } = start(command, { PATH, ...env });
  const [code] = await once(child, 'close');
  return { code, output: output() };
};

const openly =
  'PUBLIC_URL must start with https:// (outside of production also http://localhost), because sessions travel';

test.each([
  ['api/server.ts'],
  ['activities/worker.ts'],
  ['activities/worker/make-current.ts'],
  ['api/db/migrate.ts'],
  ['api/auth/new-password.ts'],
  ['seeds/run.ts systems'],
  ['dev/up.ts'],
  ['dev/migrate.ts'],
])('%s ends with one sentence where production is behind plain http', async (file) => {
  const { code, output } = await run(file, {
    ...{ NODE_ENV: 'production', PUBLIC_URL: 'http://tickets.example.com', SMTP_URL: 'smtp://127.0.0.1:9' },
    ...away,
  });
  expect(output.trim()).toMatch(/^The environment is not complete: .*\.$/);
  expect(output).toContain(openly);
  expect(code).toBe(1);
});

test.each([
  ['api/db/migrate.ts', 'PostgreSQL at 127.0.0.1:9/tickets (DATABASE_URL) does not answer: '],
  ['activities/worker/make-current.ts', 'Temporal at 127.0.0.1:9 (TEMPORAL_ADDRESS) does not answer: '],
])('%s ends with one sentence when its server is away', async (file, sentence) => {
  const { code, output } = await run(file, { ...away, WORKER_BUILD_ID: 'any' });
  expect(output.trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
  expect(output).not.toContain('secret');
  expect(code).toBe(1);
});
