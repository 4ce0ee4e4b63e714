import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMoves, type Desk, type Moves, makeStaff, openDesk } from '../../tests/desk.ts';
import { submit, type World } from '../../tests/factories.ts';
import { rejected, taken, withdrawn } from '../../workflows/ticket/rules/changes.fixture.ts';
import type { CommandKind } from '../../workflows/ticket/rules/commands/index.ts';
import type { RecordedChange } from './recorded-change.ts';
import { createTicketActivities, type TicketActivities } from './ticket.activities.ts';

// A change of a ticket touches all modules in one transaction, and the workflow may retry it.

let desk: Desk;
let moves: Moves;
let world: World;
let activities: TicketActivities;
let number: string;

beforeAll(async () => {
  desk = await openDesk();
  moves = createMoves(desk);
  world = await makeStaff(desk);
  activities = createTicketActivities(desk.context);
});
afterAll(() => desk.close());
beforeEach(async () => {
  number = await submit(world.employee);
  await moves.open(number, { actorId: world.coordinator.id });
});

const query = (sql: string, values: unknown[] = []) => desk.context.orm.em.fork().execute(sql, values);

/** Everything that PostgreSQL has about the ticket, in all modules. */
const everything = async () => ({
  ticket: await query('select * from helpdesk.ticket where number = ?', [number]),
  timeline: await query('select * from helpdesk.timeline_entry where ticket_number = ? order by id', [number]),
  task: await query('select * from tracking.task where number = ?', [number]),
  visits: await query('select * from tracking.visit where number = ? order by visit', [number]),
  rotation: await query('select * from tracking.rotation order by role_key'),
  notifications: await query('select * from notification.notification where ticket = ? order by id', [number]),
  mails: await query('select * from notification.mail order by notification_id'),
  outbox: await query('select * from outbox order by id'),
});

const by = (kind: CommandKind, actor: { id: number }, noteId: number | null = null): RecordedChange['by'] => {
  return { kind, actorId: actor.id, noteId };
};

const change = async (changeId: string) => {
  const state = await activities.currentState(number);
  return { number, by: by('withdraw', world.employee), at: Date.now(), ...withdrawn(state, changeId) };
};

test('each notification has a mail that waits for the next batch', async () => {
  const { notifications, mails } = await everything();
  expect(notifications).toHaveLength(2);
  for (const { id } of notifications)
    expect(mails).toContainEqual(
      expect.objectContaining({ notification_id: id, state: 'pending', batch: null, attempts: 0 }),
    );
});

describe('the same change sent again', () => {
  test('writes once and returns the same state', async () => {
    const withdrawal = await change('once');
    const first = await activities.recordChange(withdrawal);
    const after = await everything();
    expect(await activities.recordChange(withdrawal)).toEqual(first);
    expect(await everything()).toEqual(after);
  });

  test('five times at once writes once', async () => {
    const withdrawal = await change('at once');
    const states = await Promise.all(Array.from({ length: 5 }, () => activities.recordChange(withdrawal)));
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(1);
    const { timeline, notifications } = await everything();
    expect(timeline.filter((line) => line.kind === 'withdrawn')).toHaveLength(1);
    expect(notifications.filter((notification) => notification.kind === 'withdrawn')).toHaveLength(1);
  });

  test('returns the current state when other changes have followed', async () => {
    const state = await activities.currentState(number);
    const change = { number, ...taken(state, world.admin.id, 'taken'), by: by('take', world.admin), at: 0 };
    await activities.recordChange(change);
    await moves.act(number, 'submit', { actorId: world.admin.id });
    const before = await everything();
    expect(await activities.recordChange(change)).toMatchObject({ version: 3, status: 'in_progress' });
    expect(await everything()).toEqual(before);
  });
});

test('another change for a taken version writes nothing and returns the recorded one', async () => {
  const [mine, other] = [await change('mine'), await change('other')];
  const stands = await activities.recordChange(mine);
  const before = await everything();
  expect(stands.changeId).toBe('mine');
  expect(await activities.recordChange(other)).toEqual(stands);
  expect(await everything()).toEqual(before);
});

test('a change after a gap is not written: the versions in between must come back first', async () => {
  const { state, ...rest } = await change('beyond');
  const before = await everything();
  const beyond = { ...rest, state: { ...state, version: state.version + 1 } };
  await expect(activities.recordChange(beyond)).rejects.toThrow('The reconciler fills the gap');
  expect(await everything()).toEqual(before);
});

test('of two changes for one version at once, one is recorded and both return it', async () => {
  const changes = [await change('mine'), await change('other')];
  const [first, second] = await Promise.all(changes.map((one) => activities.recordChange(one)));
  expect(first).toEqual(second);
  expect(['mine', 'other']).toContain(first?.changeId);
  expect((await everything()).timeline.filter((line) => line.kind === 'withdrawn')).toHaveLength(1);
});

describe('a write that fails', () => {
  const tables = [
    'helpdesk.timeline_entry',
    'tracking.visit',
    'tracking.rotation',
    'notification.notification',
    'notification.mail',
  ];
  test.each(tables)('to %s leaves everything as it was, and the next try succeeds', async (table) => {
    const before = await everything();
    const column = table === 'tracking.rotation' ? `role_key <> 'asset_manager' or last_user_id = 0` : 'false';
    await query(`alter table ${table} add constraint broken check (${column}) not valid`);
    const act = () => moves.act(number, 'submit', { actorId: world.admin.id });
    await expect(act().finally(() => query(`alter table ${table} drop constraint broken`))).rejects.toThrow('broken');
    expect(await everything()).toEqual(before);
    expect(await act()).toMatchObject({ version: 2, phase: { step: 'resolve', assigneeId: world.assetManager.id } });
  });
});

test('a change of an unknown ticket is not written', async () => {
  const state = await activities.currentState(number);
  const change = { ...rejected(state, 'x'), by: by('reject', world.coordinator), at: Date.now() };
  await expect(activities.recordChange({ number: 'TX20200101000000', ...change })).rejects.toThrow();
});
