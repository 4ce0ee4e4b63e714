import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTicketActivities, type TicketActivities } from '../../activities/ticket/ticket.activities.ts';
import { createMoves, type Desk, type Moves, makeStaff, openDesk } from '../../tests/desk.ts';
import { type Actor, makeActor, submit, type World } from '../../tests/factories.ts';
import { noteFor } from '../../tests/notes.ts';
import { until } from '../../tests/until.ts';
import { isAnybodyWaiting } from '../../tests/while-held.ts';
import type { Change } from '../../workflows/ticket/rules/change.ts';
import {
  acted,
  closed,
  opened,
  rejected,
  routed,
  taken,
  withdrawn,
} from '../../workflows/ticket/rules/changes.fixture.ts';
import { type CommandKind, commands } from '../../workflows/ticket/rules/commands/index.ts';
import type { TicketState } from '../../workflows/ticket/rules/state.ts';
import { revokeRole } from '../auth/roles.service.ts';
import { changeUser } from '../auth/users.service.ts';

// The last check before a change is written: the sender must be allowed to at that moment.

let desk: Desk;
let moves: Moves;
let world: World;
let activities: TicketActivities;

beforeAll(async () => {
  desk = await openDesk();
  moves = createMoves(desk);
  activities = createTicketActivities(desk.context);
  world = await makeStaff(desk);
});
afterAll(() => desk.close());

const em = () => desk.context.orm.em.fork();

/** A ticket on which the command could be carried out: new, in triage, unrouted or resolved. */
const ticketFor = async (kind: CommandKind): Promise<string> => {
  const number = await submit(world.employee);
  if (kind === 'open' || kind === 'reject') return number;
  if (kind === 'route') {
    await moves.record(number, (state, id, now) => opened(state, { priority: 'low', department: 'it' }, null, id, now));
    return number;
  }
  await moves.open(number, { actorId: world.coordinator.id });
  if (kind !== 'close') return number;
  await moves.act(number, 'submit', { actorId: world.admin.id });
  await moves.act(number, 'approve', { actorId: world.assetManager.id });
  await moves.act(number, 'finalize', { actorId: world.admin.id });
  return number;
};

const anyVersion = async () => {
  const [row] = await em().execute<{ id: number }[]>('select min(id) as id from tracking.workflow_version');
  return activities.pinnedVersion(row?.id ?? 0);
};

const changeOf = async (kind: CommandKind, state: TicketState, actorId: number): Promise<Change> => {
  const now = Date.now();
  switch (kind) {
    case 'open':
      return opened(state, { priority: 'low', department: 'it' }, null, kind, now);
    case 'reject':
      return rejected(state, kind);
    case 'withdraw':
      return withdrawn(state, kind);
    case 'close':
      return closed(state, 'requester', kind);
    case 'act':
      return acted(state, await activities.pinnedVersion(state.workflowVersionId ?? 0), 'submit', kind, now);
    case 'take':
      return taken(state, actorId, kind);
    case 'route':
      return routed(state, await anyVersion(), kind, now);
  }
};

const give = async (kind: CommandKind, number: string, actorId: number, noteId: number | null = null) => {
  const change = await changeOf(kind, await activities.currentState(number), actorId);
  return activities.recordChange({ number, ...change, by: { kind, actorId, noteId }, at: Date.now() });
};

const everything = async (number: string) => ({
  ticket: await em().execute('select * from helpdesk.ticket where number = ?', [number]),
  timeline: await em().execute('select * from helpdesk.timeline_entry where ticket_number = ?', [number]),
  task: await em().execute('select * from tracking.task where number = ?', [number]),
  visits: await em().execute('select * from tracking.visit where number = ?', [number]),
  notifications: await em().execute('select * from notification.notification where ticket = ?', [number]),
});

const isRefused = async (number: string, given: () => Promise<unknown>, type = 'forbidden'): Promise<void> => {
  const before = await everything(number);
  await expect(given()).rejects.toMatchObject({ type, message: expect.stringMatching(/^[A-Z].*\.$/) });
  expect(await everything(number)).toEqual(before);
};

const everybody = (): Record<string, Actor> => ({ ...world });

/** Who may send each command; everybody else may not. */
const mayThey: Record<CommandKind, (keyof World)[]> = {
  open: ['coordinator'],
  reject: ['coordinator'],
  withdraw: ['employee'],
  close: ['employee'],
  act: ['admin'],
  take: ['admin'],
  route: ['admin'],
};

describe.each(commands)('$kind', ({ kind }) => {
  test('is written for people who may send it, and for nobody else', async () => {
    const number = await ticketFor(kind);
    const refused = Object.entries(everybody()).filter(([name]) => !mayThey[kind].some((may) => may === name));
    for (const [, actor] of refused) await isRefused(number, () => give(kind, number, actor.id));
    for (const name of mayThey[kind]) {
      const { version } = await activities.currentState(number);
      expect(await give(kind, number, world[name].id)).toMatchObject({ version: version + 1, changeId: kind });
    }
  });

  test('is not written for somebody who does not exist', async () => {
    const number = await ticketFor(kind);
    await isRefused(number, () => give(kind, number, 2_000_000_000));
  });
});

test('nobody withdraws or closes somebody else’s ticket, not even another employee', async () => {
  const other = await makeActor(desk, { hdts: ['Employee'] });
  for (const kind of ['withdraw', 'close'] as const) {
    const number = await ticketFor(kind);
    await isRefused(number, () => give(kind, number, other.id));
  }
});

test('a role revoked a moment ago allows nothing any more, nor does a deactivated account', async () => {
  const coordinator = await makeActor(desk, { hdts: ['Ticket Coordinator'] });
  const number = await submit(world.employee);
  await revokeRole(em(), { userId: coordinator.id, system: 'hdts', role: 'ticket_coordinator' });
  await isRefused(number, () => give('open', number, coordinator.id));
  const second = await makeActor(desk, { hdts: ['Ticket Coordinator'] });
  await changeUser(em(), second.id, { isActive: false });
  await isRefused(number, () => give('reject', number, second.id));
});

describe('the note with a command', () => {
  const say = (ticketNumber: string, author: Actor) =>
    noteFor(em(), { ticketNumber, authorId: author.id, text: 'Twice the same.' });

  test('must exist, on this ticket, by the sender', async () => {
    const [number, other] = [await submit(world.employee), await submit(world.employee)];
    const { coordinator, employee } = world;
    const notes = [2_000_000_000, await say(other, coordinator), await say(number, employee)];
    for (const id of notes) await isRefused(number, () => give('reject', number, coordinator.id, id), 'not_allowed');
    const note = await say(number, coordinator);
    expect(await give('reject', number, coordinator.id, note)).toMatchObject({ status: 'rejected' });
  });
});

test('an unknown workflow version is not loaded', async () => {
  await expect(activities.pinnedVersion(2_000_000_000)).rejects.toMatchObject({ type: 'not_allowed' });
});

test('somebody who takes a step while losing the role either gets it and loses it again, or is refused', async () => {
  const colleague = await makeActor(desk, { tts: ['Admin'] });
  const number = await ticketFor('take');
  let take: Promise<unknown> = Promise.resolve();
  await em().transactional(async (sync) => {
    await sync.execute(`select from tracking.rotation where role_key = 'admin' for update`);
    take = give('take', number, colleague.id).catch((error: unknown) => error);
    // The check must come after the wait for the lock; otherwise it would miss that the role is gone.
    await until(() => isAnybodyWaiting(desk.context.orm));
    await revokeRole(em(), { userId: colleague.id, system: 'tts', role: 'admin' });
  });
  expect(await take).toMatchObject({ type: 'forbidden' });
});
