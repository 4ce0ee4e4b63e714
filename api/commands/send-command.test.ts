import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorld, readTicket, review, submit, type World } from '../../tests/factories.ts';
import { createStages, type Stages } from '../../tests/stages.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';

let system: TestSystem;
let world: World;
let stages: Stages;

beforeAll(async () => {
  system = await startSystem();
  world = await makeWorld(system);
  stages = createStages(world);
});
afterAll(() => system.close());

const ticketPath = (number: string, verb: string) => `/api/helpdesk/tickets/${number}/${verb}`;
const taskPath = (number: string, verb: string) => `/api/tracking/tasks/${number}/${verb}`;
const note = 'All in order.';

/** Each command, sent by somebody who may. */
const commands = {
  open: (number: string, version: number) => {
    const body = { version, priority: 'high', department: 'asset' };
    return world.coordinator.browser.post(ticketPath(number, 'open'), body);
  },
  reject: (number: string, version: number) =>
    world.coordinator.browser.post(ticketPath(number, 'reject'), { version, reason: note }),
  withdraw: (number: string, version: number) =>
    world.employee.browser.post(ticketPath(number, 'withdraw'), { version, reason: note }),
  close: (number: string, version: number) => world.employee.browser.post(ticketPath(number, 'close'), { version }),
  act: (number: string, version: number) =>
    world.admin.browser.post(taskPath(number, 'act'), { version, transition: 'submit', note }),
  actAsNever: (number: string, version: number) =>
    world.admin.browser.post(taskPath(number, 'act'), { version, transition: 'approve', note }),
  take: (number: string, version: number) => world.admin.browser.post(taskPath(number, 'take'), { version }),
  route: (number: string, version: number) =>
    world.admin.browser.post(taskPath(number, 'route'), { version, workflowVersionId: 1 }),
};

const notes = (number: string) =>
  system.context.orm.em.fork().execute('select id from messaging.note where ticket_number = ?', [number]);

describe('a command that the ticket does not allow is refused with its sentence and leaves no trace', () => {
  const reviewed = 'This ticket has been reviewed already.';
  const unresolved = 'Only a resolved ticket can be closed.';
  const working = 'It is being worked on.';
  const waits = 'It is resolved and waits for the requester.';
  type Refusals = Partial<Record<keyof typeof commands, string>>;

  const table: [stage: Exclude<keyof Stages, 'new'>, refusals: Refusals][] = [
    [
      'triage',
      {
        open: `${reviewed} ${working}`,
        reject: `${reviewed} ${working}`,
        close: `${unresolved} ${working}`,
        actAsNever: 'The step Triage has no such action.',
        take: 'You hold this step already.',
        route: `This ticket has its workflow. ${working}`,
      },
    ],
    [
      'resolved',
      {
        open: `${reviewed} ${waits}`,
        reject: `${reviewed} ${waits}`,
        withdraw: 'It is done already. Close it instead.',
        act: `There is no step to act on. ${waits}`,
        take: `There is no step to take. ${waits}`,
        route: `This ticket has its workflow. ${waits}`,
      },
    ],
    [
      'closed',
      {
        open: `${reviewed} It is over.`,
        reject: `${reviewed} It is over.`,
        withdraw: 'This ticket is over.',
        close: `${unresolved} It is over.`,
        act: 'There is no step to act on. It is over.',
        take: 'There is no step to take. It is over.',
        route: 'This ticket has its workflow. It is over.',
      },
    ],
    [
      'rejected',
      { open: `${reviewed} It is over.`, reject: `${reviewed} It is over.`, withdraw: 'This ticket is over.' },
    ],
    ['withdrawn', { withdraw: 'This ticket is over.', act: 'There is no step to act on. It is over.' }],
  ];

  test.each(table)('%s', async (stage, refusals) => {
    const number = await stages[stage]();
    const snapshot = async () => ({ ticket: await readTicket(world.employee, number), notes: await notes(number) });
    const before = await snapshot();
    for (const name of ['open', 'reject', 'withdraw', 'close', 'act', 'actAsNever', 'take', 'route'] as const) {
      const why = refusals[name];
      if (why === undefined) continue;
      const answer = await commands[name](number, before.ticket.version);
      expect(answer, name).toMatchObject({ status: 409, body: { code: 'not_allowed', detail: why } });
    }
    expect(await snapshot()).toEqual(before);
  });

  test('new: nobody can close it yet', async () => {
    const answer = await review(world.employee, await submit(world.employee), 'close', {});
    expect(answer).toMatchObject({ status: 409, body: { code: 'not_allowed' } });
    expect(answer.body.detail).toBe(`${unresolved} It waits for a coordinator.`);
  });
});

describe('of twenty clicks at once on one version, one is carried out and the others get a conflict', () => {
  test.each([
    { name: 'open', stage: 'new', noted: 0 },
    { name: 'reject', stage: 'new', noted: 1 },
    { name: 'act', stage: 'triage', noted: 1 },
    { name: 'withdraw', stage: 'resolve', noted: 1 },
    { name: 'close', stage: 'resolved', noted: 0 },
  ] as const)('$name', async ({ name, stage, noted }) => {
    const number = await stages[stage]();
    const { version } = await readTicket(world.employee, number);
    const notesBefore = await notes(number);
    const answers = await Promise.all(Array.from({ length: 20 }, () => commands[name](number, version)));
    const codes = answers.map((answer) => answer.body.code ?? 'done').toSorted();
    expect(codes).toEqual(['done', ...Array(19).fill('version_conflict')]);
    const winner = answers.find((answer) => answer.status === 200);
    expect(winner?.body).toMatchObject({ number, version: version + 1 });
    for (const { status, body } of answers.filter((answer) => answer !== winner)) {
      expect(status).toBe(409);
      expect(body.version).toBeGreaterThanOrEqual(version);
    }
    expect((await readTicket(world.employee, number)).version).toBe(version + 1);
    expect((await notes(number)).length - notesBefore.length).toBe(noted);
  });

  test('different commands at once: one wins, and the timeline has only that one', async () => {
    const number = await stages.triage();
    const names = ['act', 'withdraw', 'act', 'withdraw', 'act', 'withdraw'] as const;
    const answers = await Promise.all(names.map((name) => commands[name](number, 1)));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
    const { timeline, version } = await readTicket(world.coordinator, number);
    expect(version).toBe(2);
    const versions: number[] = timeline.map((entry: { version: number }) => entry.version);
    expect(Math.max(...versions)).toBe(2);
  });
});

describe('the requester withdraws', () => {
  test.each(['new', 'triage', 'resolve'] as const)('a ticket at %s, and the desk lets go of it', async (stage) => {
    const number = await stages[stage]();
    const answer = await review(world.employee, number, 'withdraw', { reason: 'Found one myself.' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
    expect(await readTicket(world.employee, number)).toMatchObject({
      ...{ status: 'withdrawn', reason: 'Found one myself.', assignee: null, version: answer.body.version },
      actions: { withdraw: { allowed: false }, close: { allowed: false } },
    });
    const queue = await world.admin.browser.get(`/api/tracking/tasks?queue=all&q=${number}`);
    expect(queue.body.items).toEqual([]);
    expect(await system.context.temporal.workflow.getHandle(`ticket:${number}`).result()).toBe('withdrawn');
  });
});
