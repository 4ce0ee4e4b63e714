import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { makeUser } from '../../api/auth/people.fixture.ts';
import { changeRole, createRole } from '../../api/auth/roles.service.ts';
import { changeUser } from '../../api/auth/users.service.ts';
import { createMoves, type Desk, makeStaff, openDesk, syncMembers } from '../../tests/desk.ts';
import { makeActor, readTask, readTicket, submit, type World } from '../../tests/factories.ts';
import { createSyncActivities } from './sync.activities.ts';

// When auth renames a person or a role, all copies of the name are updated.

let desk: Desk;
let world: World;
beforeAll(async () => {
  // Its tickets have no workflows; that does no harm here.
  desk = await openDesk({ TEMPORAL_ADDRESS: inject('temporalAddress') });
  world = await makeStaff(desk);
});
afterAll(() => desk.close());

const em = () => desk.context.orm.em.fork();
const query = <Row>(sql: string, values: unknown[] = []) => em().execute<Row[]>(sql, values);
const sync = () => createSyncActivities(desk.context);
const run = <Result>(activity: () => Promise<Result>, env = new MockActivityEnvironment()): Promise<Result> =>
  env.run(activity);
const roleId = async (name: string) => (await createRole(em(), { system: 'tts', name })).id;

const names = async (number: string) => {
  const [row] = await query<object>(
    `select t.requester_name, t.assignee_name, k.requester_name as "task requester", k.assignee_name as "task assignee",
       (select array_agg(distinct v.assignee_name) from tracking.visit v where v.number = t.number) as visits,
       (select array_agg(distinct e.actor_name order by e.actor_name) filter (where e.actor_id is not null)
        from helpdesk.timeline_entry e where e.ticket_number = t.number) as actors
     from helpdesk.ticket t join tracking.task k on k.number = t.number where t.number = ?`,
    [number],
  );
  return row;
};

test('all copies of the names of requester, assignee and actors are updated, and no others', async () => {
  const moves = createMoves(desk);
  const [number, other, done] = [
    await submit(world.employee),
    await submit(world.employee),
    await submit(world.employee),
  ];
  const colleague = await makeActor(desk, { tts: ['Admin'] });
  await syncMembers(desk);
  for (const ticket of [number, other, done]) await moves.open(ticket, { actorId: world.coordinator.id });
  await moves.take(number, world.admin.id);
  await moves.take(other, colleague.id);
  await moves.take(done, world.admin.id);
  await moves.act(done, 'submit', { actorId: world.admin.id });
  const untouched = await names(other);
  const rename = (userId: number, lastName: string) => changeUser(em(), userId, { firstName: 'New', lastName });
  await rename(world.employee.id, 'Requester');
  await rename(world.admin.id, 'Assignee');
  await rename(world.coordinator.id, 'Coordinator');
  await run(() => sync().syncPerson(world.employee.id));
  await run(() => sync().syncPerson(world.coordinator.id));
  await run(() => sync().syncPerson(world.admin.id));
  const adminRole = await roleId('Admin');
  await run(() => sync().syncRoleMember({ userId: world.admin.id, roleId: adminRole }));
  expect(await names(number)).toEqual({
    requester_name: 'New Requester',
    assignee_name: 'New Assignee',
    'task requester': 'New Requester',
    'task assignee': 'New Assignee',
    visits: ['New Assignee'],
    actors: ['New Coordinator', 'New Requester'],
  });
  // The former assignee of a step is updated there too.
  expect(await names(done)).toMatchObject({
    visits: expect.arrayContaining(['New Assignee']),
    actors: ['New Assignee', 'New Coordinator', 'New Requester'],
  });
  expect(await names(other)).toMatchObject({
    requester_name: 'New Requester',
    assignee_name: (untouched as { assignee_name: string }).assignee_name,
  });
  // Who was the assignee of an entry is shown by the name of today, too.
  const { timeline } = await readTicket(world.coordinator, number);
  expect(timeline[0].actor).toEqual({ id: world.employee.id, name: 'New Requester' });
  const assignees = timeline.flatMap(({ event }: { event: { assignee?: object } }) => event.assignee ?? []);
  expect(assignees.at(-1)).toEqual({ id: world.admin.id, name: 'New Assignee' });
  const found = async (words: string): Promise<string[]> => {
    const { body } = await world.coordinator.browser.get(
      `/api/helpdesk/tickets?scope=all&q=${encodeURIComponent(words)}`,
    );
    return body.items.map((row: { number: string }) => row.number);
  };
  expect(await found('New Assignee')).toContain(number);
  expect((await found('New Requester')).toSorted()).toEqual([number, other, done].toSorted());
});

test('what somebody has said bears their new name', async () => {
  const author = await makeActor(desk, { hdts: ['Employee'] });
  const path = `/api/messaging/tickets/${await submit(author)}/messages`;
  await author.browser.post(path, { text: 'When does it come?' }, { 'idempotency-key': 'said-before-renaming' });
  await changeUser(em(), author.id, { firstName: 'New', lastName: 'Author' });
  await run(() => sync().syncPerson(author.id));
  expect((await author.browser.get(path)).body.items).toMatchObject([{ author: { name: 'New Author' } }]);
});

test('a role: open tickets get the new name, and the timeline keeps the old one', async () => {
  const moves = createMoves(desk);
  const number = await submit(world.employee);
  await moves.open(number, { actorId: world.coordinator.id });
  const id = await roleId('Admin');
  await changeRole(em(), id, { name: 'Dispatcher' });
  expect(await run(() => sync().syncRole(id))).toMatchObject({ applied: true });
  expect((await readTicket(world.employee, number)).assignee.role).toBe('Dispatcher');
  expect(await readTask(world.admin, number)).toMatchObject({ roleKey: 'admin', role: 'Dispatcher' });
  const events = (await readTicket(world.admin, number)).timeline.map(
    ({ event }: { event: { role?: string } }) => event,
  );
  expect(events.flatMap(({ role }: { role?: string }) => role ?? [])).toEqual(['Admin', 'Admin']);
});

const lines = 2_500;

beforeEach(async () => {
  await query(`delete from helpdesk.timeline_entry where ticket_number like 'many-%'`);
});

const insertMany = async (userId: number, name: string): Promise<void> => {
  await query(
    `insert into helpdesk.timeline_entry (ticket_number, version, ordinal, at, actor_id, actor_name, kind, data)
     select 'many-' || n, 1, 0, now(), ?, ?, 'submitted', '{}' from generate_series(1, ${lines}) n`,
    [userId, name],
  );
};
const countOf = async (name: string): Promise<number> =>
  (
    await query<{ count: number }>('select count(*)::int as count from helpdesk.timeline_entry where actor_name = ?', [
      name,
    ])
  )[0]?.count ?? 0;

test('copies change page by page, and a new worker continues after the last finished page', async () => {
  const user = await makeUser(desk.context.orm, { hdts: ['Employee'] }, { firstName: 'Old', lastName: 'Name' });
  await insertMany(user.id, 'Old Name');
  await changeUser(em(), user.id, { firstName: 'New' });
  const dying = new MockActivityEnvironment();
  const beats: unknown[] = [];
  dying.on('heartbeat', (details: { place: number; after?: number }) => {
    beats.push(details);
    if (details.after !== undefined) dying.cancel('NOT_FOUND');
  });
  await expect(run(() => sync().syncPerson(user.id), dying)).rejects.toThrow();
  expect(await countOf('New Name')).toBe(1_000);
  // If the first page ran again, it would update this row too.
  await query(`update helpdesk.timeline_entry set actor_name = 'Old Name' where ticket_number = 'many-1'`);
  const heir = new MockActivityEnvironment({ heartbeatDetails: beats.at(-1) });
  expect(await run(() => sync().syncPerson(user.id), heir)).toEqual({ applied: false });
  expect(await countOf('New Name')).toBe(lines - 1);
  expect(await run(() => sync().syncPerson(user.id))).toEqual({ applied: false });
  expect(await countOf('New Name')).toBe(lines);
});

test('concurrent syncs of one person end with the newest name everywhere', async () => {
  const user = await makeUser(desk.context.orm, { hdts: ['Employee'] }, { firstName: 'Old', lastName: 'Name' });
  await insertMany(user.id, 'Old Name');
  const renamings = ['First', 'Second', 'Third'].map((firstName) => async () => {
    await changeUser(em(), user.id, { firstName });
    await run(() => sync().syncPerson(user.id));
  });
  await Promise.all(renamings.map((rename) => rename()));
  const { firstName } = (
    await query<{ firstName: string }>('select first_name as "firstName" from auth."user" where id = ?', [user.id])
  )[0] ?? { firstName: '' };
  expect(await countOf(`${firstName} Name`)).toBe(lines);
});
