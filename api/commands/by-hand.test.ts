import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorld, readTicket, review, submit, type World } from '../../tests/factories.ts';
import { noteFor } from '../../tests/notes.ts';
import { createStages, type Stages } from '../../tests/stages.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { whileHeld } from '../../tests/while-held.ts';
import { refusalOf } from '../../workflows/ticket/living-ticket.fixture.ts';
import { commandUpdate } from '../../workflows/ticket/messages.ts';
import type { Command } from '../../workflows/ticket/rules/commands/index.ts';
import { revokeRole } from '../auth/roles.service.ts';

// Commands that reach the workflow but must not be carried out: sent by hand past the API's checks, or outdated by a change
// after those checks.

let system: TestSystem;
let world: World;
let stages: Stages;

beforeAll(async () => {
  system = await startSystem();
  world = await makeWorld(system);
  stages = createStages(world);
});
afterAll(() => system.close());

const em = () => system.context.orm.em.fork();

const sendByHand = (number: string, command: Command) =>
  system.context.temporal.workflow
    .getHandle(`ticket:${number}`)
    .executeUpdate(commandUpdate(command.kind), { args: [command] });

const untilStarted = (number: string) =>
  until(() =>
    system.context.temporal.workflow
      .getHandle(`ticket:${number}`)
      .describe()
      .then(() => true)
      .catch(() => false),
  );

const everything = async (number: string) => ({
  ticket: await em().execute('select * from helpdesk.ticket where number = ?', [number]),
  timeline: await em().execute('select * from helpdesk.timeline_entry where ticket_number = ?', [number]),
  task: await em().execute('select * from tracking.task where number = ?', [number]),
  visits: await em().execute('select * from tracking.visit where number = ?', [number]),
  notifications: await em().execute('select * from notification.notification where ticket = ?', [number]),
  notes: await em().execute('select * from messaging.note where ticket_number = ?', [number]),
});

const nobody = 2_000_000_000;

describe('a command sent by hand is refused with a reason, writes nothing and does not block the ticket:', () => {
  const say = (number: string) =>
    noteFor(em(), { ticketNumber: number, authorId: world.coordinator.id, text: 'Twice the same.' });

  const inReview = { version: 0, actorId: 0 };
  test.each([
    ['a note that does not exist', 'not_allowed', async () => ({ noteId: nobody })],
    ['a note of another ticket', 'not_allowed', async () => ({ noteId: await say(await submit(world.employee)) })],
    [
      'somebody who does not exist',
      'forbidden',
      async (number: string) => ({ noteId: await say(number), actorId: nobody }),
    ],
    [
      'somebody without the role',
      'forbidden',
      async (number: string) => ({ noteId: await say(number), actorId: world.admin.id }),
    ],
  ])('%s', async (_what, type, make) => {
    const number = await stages.new();
    await untilStarted(number);
    const made = await make(number);
    const before = await everything(number);
    const command = { ...inReview, actorId: world.coordinator.id, ...made, kind: 'reject' } as const;
    expect(await refusalOf(sendByHand(number, command))).toEqual({ type, why: expect.stringMatching(/^[A-Z].*\.$/) });
    expect(await everything(number)).toEqual(before);
    const answer = await review(world.coordinator, number, 'open', { priority: 'high', department: 'asset' });
    expect(answer.status).toBe(200);
  });

  test('a workflow that does not exist', async () => {
    const number = await unrouted();
    const before = await everything(number);
    const route = { kind: 'route', version: 1, actorId: world.admin.id, workflowVersionId: nobody } as const;
    expect(await refusalOf(sendByHand(number, route))).toEqual({
      type: 'not_allowed',
      why: 'There is no such workflow. Choose one of the list.',
    });
    expect(await everything(number)).toEqual(before);
    const [{ id } = { id: 0 }] = await em().execute<{ id: number }[]>(
      `select id from tracking.workflow_definition order by id limit 1`,
    );
    const answer = await world.admin.browser.post(`/api/tracking/tasks/${number}/route`, {
      version: 1,
      workflowVersionId: id,
    });
    expect(answer.status).toBe(200);
  });

  test('a step of a role that the actor does not have', async () => {
    const number = await stages.triage();
    const before = await everything(number);
    const take = { kind: 'take', version: 1, actorId: world.assetManager.id } as const;
    expect(await refusalOf(sendByHand(number, take))).toEqual({
      type: 'forbidden',
      why: 'This step belongs to the role Admin, which you do not have.',
    });
    expect(await everything(number)).toEqual(before);
  });
});

const unrouted = async (): Promise<string> => {
  const matching = `update tracking.workflow_definition set published_version = ? where category = 'asset_check_out'`;
  await em().execute(matching, [null]);
  const number = await stages.triage();
  await em().execute(matching, [1]);
  return number;
};

test('somebody who loses the role between the request and the change is refused, and nothing is written', async () => {
  const number = await stages.resolve();
  const before = await everything(number);
  const { assetManager } = world;
  const role = { userId: assetManager.id, system: 'tts', role: 'asset_manager' } as const;
  const body = { version: 2, transition: 'approve', note: 'All in order.' };
  const answer = await whileHeld(
    system.context.orm,
    number,
    () => assetManager.browser.post(`/api/tracking/tasks/${number}/act`, body),
    () => revokeRole(em(), role),
  );
  expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  const { ticket, notes, timeline } = await everything(number);
  expect(notes).toEqual(before.notes);
  expect(timeline.map(({ kind }) => kind)).not.toContain('resolved');
  expect(ticket).toMatchObject([{ status: 'in_progress' }]);
  // The step goes back to the role, and the ticket goes on.
  await until(async () => (await readTicket(world.admin, number)).assignee?.name == null);
});
