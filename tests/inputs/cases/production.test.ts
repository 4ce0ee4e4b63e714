import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createApp } from '../../../api/app.ts';
import { readConfig } from '../../../api/config.ts';
import { isGuard } from '../../../api/http/policy.ts';
import { freePorts } from '../../../dev/ports.ts';
import { environmentOf } from '../../processes.ts';
import { openMailbox } from '../../stack.ts';
import { until } from '../../until.ts';
import { ask } from '../contract.ts';
import { openTarget, type Target } from '../target.ts';
import { say, signIn, statusIn } from './fixture.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

interface Program {
  child: ChildProcess;
  output(): string;
}

const start = (file: string, env: Record<string, string | undefined>): Program => {
  const child = spawn(process.execPath, [file], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
  return { child, output: () => output };
};

const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

/** The addresses of this machine at which nobody but 127.0.0.1 should be heard. */
const otherAddresses = (): string[] => {
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return [
    '127.0.0.2',
    ...own.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  ];
};

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const tell = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.on('connect', tell(true)).on('error', tell(false));
  });

test('S-100 what somebody sends is one line of the log at most, and writes none itself', async () => {
  const [port = 0] = await freePorts(1);
  const program = start('api/server.ts', environmentOf({ ...target.context.config, PORT: port }));
  await until(() => program.output().includes('api ready'));
  const forged = '\n{"level":50,"msg":"forged"}\r\n\u001b[2J\u001b[31mforged';
  const api = { ...target, port };
  await ask(api, { path: `/api/${encodeURIComponent(forged)}` });
  await ask(api, { path: `/api/me?x=${encodeURIComponent(forged)}` });
  await signIn(api, forged, forged);
  const raw = ['/api/\u001b[31mforged', '/api/\u0085forged', '/api/{"msg":"forged"}', '/api/me\tforged'];
  for (const path of raw) statusIn(await say(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`));
  const agent = `User-Agent: \u001b[31mforged\r\nReferer: {"level":50,"msg":"forged"}`;
  await say(port, `GET /api/me HTTP/1.1\r\nHost: x\r\n${agent}\r\nConnection: close\r\n\r\n`);
  await until(() => program.output().split('\n').length > 5);
  program.child.kill('SIGTERM');
  await once(program.child, 'exit');
  const lines = program
    .output()
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('serveStatic:'));
  for (const line of lines) expect(JSON.parse(line), line).toMatchObject({ name: 'api', level: expect.any(Number) });
  expect(lines.map((line) => JSON.parse(line).msg)).not.toContain('forged');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  expect(program.output()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

test('S-118 no server of the stack can be reached from another machine', async () => {
  const mailbox = await openMailbox();
  const portOf = (address: string) => Number(new URL(address.includes('://') ? address : `tcp://${address}`).port);
  const ports = {
    api: target.port,
    postgres: portOf(inject('adminDatabaseUrl')),
    temporal: portOf(inject('temporalAddress')),
    smtp: portOf(mailbox.smtpUrl),
  };
  try {
    for (const [name, port] of Object.entries(ports)) {
      expect(await answers('127.0.0.1', port), name).toBe(true);
      for (const address of otherAddresses()) expect(await answers(address, port), `${name} at ${address}`).toBe(false);
    }
  } finally {
    await mailbox.close();
  }
});

test('S-120 a production that is set up wrongly does not start, and says which setting it is', async () => {
  const good = {
    ...environmentOf(target.context.config),
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://desk.example.com',
    PORT: String((await freePorts(1))[0]),
  };
  const wrong: [name: string, value: string][] = [
    ['PUBLIC_URL', 'http://desk.example.com'],
    ['PUBLIC_URL', 'http://localhost:8000'],
    ['PUBLIC_URL', ''],
    ['DATABASE_URL', ''],
    ['NODE_ENV', 'prod'],
    ['LOG_LEVEL', 'trace'],
    ['PORT', '0'],
    ['SMTP_URL', 'mail'],
  ];
  for (const [name, value] of wrong) expect(() => readConfig({ ...good, [name]: value }), value).toThrow(name);
  const { child, output } = start('api/server.ts', { ...good, PUBLIC_URL: 'http://desk.example.com' });
  const [code] = await once(child, 'exit');
  expect(code, output()).toBeGreaterThan(0);
  expect(output()).toContain('PUBLIC_URL');
  const right = start('api/server.ts', good);
  await until(() => right.output().includes('api ready'));
  right.child.kill('SIGTERM');
  expect(await once(right.child, 'exit')).toEqual([0, null]);
});

interface Locked {
  version: string;
  hasInstallScript?: boolean;
  /** The systems for which this one is; npm leaves it out elsewhere. */
  os?: string[];
}

const packages = (): [name: string, locked: Locked][] =>
  Object.entries<Locked>(JSON.parse(read('package-lock.json')).packages)
    .filter(([path]) => path.includes('node_modules/'))
    .map(([path, locked]) => [path.slice(path.lastIndexOf('node_modules/') + 13), locked]);

const isAtLeast = (version: string, floor: string): boolean => {
  const [ours, least] = [version, floor].map((text) => text.split('-')[0]?.split('.').map(Number) ?? []);
  const at = [0, 1, 2].find((index) => ours?.[index] !== least?.[index]);
  return at === undefined || (ours?.[at] ?? 0) > (least?.[at] ?? 0);
};

/** Below these are known holes: parameters that become SQL, bodies that eat all memory. */
const floors: Record<string, string> = {
  '@mikro-orm/core': '7.0.14',
  '@mikro-orm/sql': '7.0.14',
  '@mikro-orm/postgresql': '7.0.14',
  hono: '4.13.5',
};

test('S-123 no package is older than its last known hole, and none runs a script that nobody has allowed', () => {
  const { dependencies, devDependencies, allowScripts } = JSON.parse(read('package.json'));
  for (const [name, floor] of Object.entries(floors)) {
    const found = packages().filter(([candidate]) => candidate === name);
    expect(found.length, name).toBeGreaterThan(0);
    for (const [, { version }] of found) expect(isAtLeast(version, floor), `${name} ${version}`).toBe(true);
  }
  for (const version of Object.values({ ...dependencies, ...devDependencies })) expect(version).toMatch(/^\d/);
  const scripted = packages().filter(([, { hasInstallScript, os }]) => hasInstallScript && !os);
  expect(scripted.map(([name]) => name).filter((name) => !(name in allowScripts))).toEqual([]);
});

test('S-124 nothing is done for somebody whom the guard refuses', async () => {
  const { routes } = createApp(target.context);
  const handlers = Map.groupBy(
    routes.filter(({ method, path }) => !(method === 'ALL' && path.endsWith('*'))),
    ({ method, path }) => `${method} ${path}`,
  );
  expect(handlers.size).toBeGreaterThan(15);
  for (const [route, [guard]] of handlers) expect(isGuard(guard?.handler), `${route} begins with its guard`).toBe(true);
  // A guard throws: an answer that says no and goes on would be one that forgets to.
  const answered = globSync('api/**/*.ts').filter((file) => /c\.(json|body|text)\([^)]*,\s*40[13]/.test(read(file)));
  expect(answered).toEqual([]);
});
