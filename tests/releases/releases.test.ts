import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { QueryNotRegisteredError } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { currentBuild, makeCurrent } from '../../activities/worker/current-build.ts';
import { keepCurrent } from '../../activities/worker/keep-current.ts';
import { type RunningWorkers, runWorkers } from '../../activities/worker/run-workers.ts';
import type { Config } from '../../api/config.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { act, makeWorld, readTicket, review, untilAnswered, type World } from '../factories.ts';
import { environmentOf } from '../processes.ts';
import { openMailbox, type TestMailbox } from '../stack.ts';
import { createStages } from '../stages.ts';
import { startSystem, type TestSystem } from '../system.ts';
import { until } from '../until.ts';

// A release as an installation with several machines has it: workers of the old and of the new build run side by side, and
// the tickets move when the new build is made current. Then the same way back.

const run = promisify(execFile);

let mailbox: TestMailbox;
let system: TestSystem;
let world: World;
let today: RunningWorkers;
let next: RunningWorkers;

const temporal = () => system.context.temporal;
const current = () => currentBuild(temporal());

beforeAll(async () => {
  mailbox = await openMailbox();
  system = await startSystem({ SMTP_URL: mailbox.smtpUrl });
  await system.workers.stop();
  const workflowsPath = fileURLToPath(new URL('next-release.ts', import.meta.url));
  const [nextBundle] = await Promise.all([
    bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') }),
    runWorkers(system.context, {
      workflowBundle: { codePath: inject('workflowBundlePath') },
      buildId: 'today',
    }).then((workers) => {
      today = workers;
    }),
  ]);
  const looks = keepCurrent(system.context, 'today');
  await looks.known;
  await looks.stop();
  next = await runWorkers(system.context, { workflowBundle: nextBundle, buildId: 'next' });
  world = await makeWorld(system);
});

afterAll(async () => {
  await Promise.all([today.stop(), next.stop()]);
  await system.close();
  await mailbox.close();
});

const workflowOf = (number: string) => temporal().workflow.getHandle(ticketWorkflowId(number));

const releaseOf = async (number: string): Promise<string> => {
  try {
    return await workflowOf(number).query<string>('release');
  } catch (error) {
    if (error instanceof QueryNotRegisteredError) return 'today';
    throw error;
  }
};

const statusOf = async (number: string): Promise<string> => (await readTicket(world.employee, number)).status;

/** Acts until it is done: a ticket that moves to another worker may ask for a second try. */
const acted = async (...args: Parameters<typeof act>): Promise<void> => {
  const { status, body } = await untilAnswered(() => act(...args));
  expect(status, JSON.stringify(body)).toBe(200);
};

/** How often the workflow failed over its code. */
const failuresOf = async (number: string): Promise<number> => {
  const { events } = await workflowOf(number).fetchHistory();
  return (events ?? []).filter(({ workflowTaskFailedEventAttributes: failed }) => failed).length;
};

test('the first build of an installation is made current by its worker', async () => {
  expect(await current()).toBe('today');
});

test('a ticket of the old build goes on under the new one, and under the old one again, to its end', async () => {
  const stages = createStages(world);
  const number = await stages.triage();
  expect(await releaseOf(number)).toBe('today');

  await acted(world.admin, number, 'submit');
  expect(await releaseOf(number)).toBe('today');

  await makeCurrent(temporal(), 'next');
  await acted(world.assetManager, number, 'approve');
  await until(async () => (await releaseOf(number)) === 'next');
  const begunOnNext = await stages.triage();
  expect(await releaseOf(begunOnNext)).toBe('next');

  await makeCurrent(temporal(), 'today');
  await acted(world.admin, number, 'finalize');
  await until(async () => (await releaseOf(number)) === 'today');
  await acted(world.admin, begunOnNext, 'submit');
  await until(async () => (await releaseOf(begunOnNext)) === 'today');

  expect((await untilAnswered(() => review(world.employee, number, 'close', {}))).status).toBe(200);
  expect(await workflowOf(number).result()).toBe('closed');
  expect(await statusOf(number)).toBe('closed');
  for (const ticket of [number, begunOnNext]) expect(await failuresOf(ticket)).toBe(0);
});

test('mails are sent under each build, although the queue for mail has no versions', async () => {
  const isMailed = (number: string) => until(async () => mailbox.messages().some(({ text }) => text.includes(number)));
  const stages = createStages(world);
  for (const build of ['next', 'today']) {
    await makeCurrent(temporal(), build);
    await isMailed(await stages.triage());
  }
});

const settled = async (config: Partial<Config>, buildId: string): Promise<string | null> => {
  const { context } = system;
  const looks = keepCurrent({ ...context, config: { ...context.config, ...config } }, buildId);
  await looks.known;
  await looks.stop();
  return current();
};

test('a worker that starts leaves the tickets where they are, and takes them over where it is told to', async () => {
  expect(await settled({ WORKER_MAKE_CURRENT: false }, 'next')).toBe('today');
  expect(await settled({ WORKER_MAKE_CURRENT: true }, 'next')).toBe('next');
  expect(await settled({ WORKER_MAKE_CURRENT: true }, 'today')).toBe('today');
});

test('the command that makes a build current says which one was before', async () => {
  const env = environmentOf(system.context.config);
  const makeByHand = async (): Promise<string> =>
    (await run(process.execPath, ['activities/worker/make-current.ts', 'next'], { env })).stdout.trim();
  expect(await makeByHand()).toBe('next is current now, today was before.');
  expect(await makeByHand()).toBe('next is current already.');
  expect(await current()).toBe('next');
});

test('a build without a worker is not made current', async () => {
  await expect(makeCurrent(temporal(), 'unknown', 500)).rejects.toThrow('not found');
  expect(await current()).toBe('next');
});
