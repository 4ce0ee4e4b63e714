import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { User } from '../api/auth/auth.entity.ts';
import { environmentWith } from '../api/config.ts';
import { type Context, createContext } from '../api/context.ts';
import { freshDatabase, freshNamespace, type TestDatabase, testConfig } from '../tests/stack.ts';
import type { SeedArgs, SeedProgress } from '../workflows/seed/messages.ts';
import type { SeedCommand } from '../workflows/seed/names.ts';
import { runToEnd } from './command/run.fixture.ts';
import { people } from './people.ts';

const script = fileURLToPath(new URL('../activities/worker.ts', import.meta.url));

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await freshDatabase();
  const config = testConfig({ DATABASE_URL: database.url, TEMPORAL_NAMESPACE: await freshNamespace() });
  context = await createContext(config, 'test');
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

const startWorker = () => {
  const { DATABASE_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = context.config;
  const env = environmentWith({ DATABASE_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, LOG_LEVEL: 'silent' });
  const child = spawn(process.execPath, [script], { env, stdio: 'ignore' });
  const gone = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  return kill;
};

const seed = (command: SeedCommand, args: SeedArgs = {}, progress?: (progress: SeedProgress) => void) =>
  runToEnd(context.temporal, command, args, progress);

test('when the worker is killed during seeding, the next one continues and creates each person once', async () => {
  const count = 75;
  const kill = startWorker();
  await seed('systems');
  await seed('hdts');
  const before = await context.orm.em.fork().count(User);
  let killed: Promise<void> | null = null;
  const report = await seed('hdts_employees', { count }, ({ done }) => {
    if (done === 0 || killed) return;
    killed = kill();
    startWorker();
  });
  expect(killed).not.toBeNull();
  expect(report.created + report.existing).toBe(count);
  const em = context.orm.em.fork();
  expect(await em.count(User)).toBe(before + count);
  const emails = people('hdts', count).map((person) => person.email);
  expect(await em.count(User, { email: emails })).toBe(count);
});
