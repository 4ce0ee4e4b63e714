import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMoves, type Desk, type Moves, makeStaff, openDesk } from '../../tests/desk.ts';
import { type Actor, makeActor, readTicket, submit, type World } from '../../tests/factories.ts';

let desk: Desk;
let moves: Moves;
let world: World;
let stranger: Actor;
let hdtsAdmin: Actor;

beforeAll(async () => {
  desk = await openDesk();
  moves = createMoves(desk);
  world = await makeStaff(desk);
  stranger = await makeActor(desk, { hdts: ['Employee'] });
  hdtsAdmin = await makeActor(desk, { hdts: ['Admin'] });
});
afterAll(() => desk.close());

const path = (number: string) => `/api/helpdesk/tickets/${number}`;

test('somebody else’s ticket is not found, like one that does not exist', async () => {
  const number = await submit(world.employee);
  const absent = 'TX20200101000000';
  const body = { version: 0, reason: 'Let me try this.' };
  for (const ask of [
    (which: string) => stranger.browser.get(path(which)),
    (which: string) => stranger.browser.post(`${path(which)}/withdraw`, body),
    (which: string) => stranger.browser.post(`${path(which)}/close`, { version: 0 }),
  ]) {
    const [theirs, none] = [await ask(number), await ask(absent)];
    const plain = ({ requestId: _id, ...rest }: { requestId: string }, which: string) =>
      JSON.stringify(rest).replaceAll(which, 'TX');
    expect(theirs.status).toBe(404);
    expect(plain(theirs.body, number)).toBe(plain(none.body, absent));
  }
});

test('people who see every ticket still may not withdraw or close it for its requester', async () => {
  const number = await submit(world.employee);
  for (const { browser } of [world.coordinator, hdtsAdmin]) {
    expect((await browser.get(path(number))).status).toBe(200);
    const withdrawn = await browser.post(`${path(number)}/withdraw`, { version: 0, reason: 'Let me try this.' });
    expect(withdrawn).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await browser.post(`${path(number)}/close`, { version: 0 })).status).toBe(403);
  }
});

test('only admins get the link to Temporal Web', async () => {
  const number = await submit(world.employee);
  const { config } = desk.context;
  const url = `${config.TEMPORAL_UI_URL}/namespaces/${config.TEMPORAL_NAMESPACE}/workflows/ticket%3A${number}`;
  for (const { browser } of [world.admin, hdtsAdmin])
    expect((await browser.get(path(number))).body.workflowUrl).toBe(url);
  for (const { browser } of [world.employee, world.coordinator, world.assetManager])
    expect((await browser.get(path(number))).body.workflowUrl).toBeNull();
});

test('the requester reads a story of few lines; the people who work on the ticket read each hand-over', async () => {
  const number = await submit(world.employee);
  await moves.open(number, { actorId: world.coordinator.id });
  await moves.act(number, 'submit', { actorId: world.admin.id, text: 'Look at the dock first.' });
  await moves.overdue(number);
  await moves.act(number, 'reject', { actorId: world.assetManager.id, text: 'Which branch?' });
  await moves.act(number, 'submit', { actorId: world.admin.id });
  await moves.act(number, 'approve', { actorId: world.assetManager.id });
  await moves.act(number, 'finalize', { actorId: world.admin.id, text: 'It lies at the desk.' });
  await moves.close(number, 'requester', { actorId: world.employee.id });
  type Entry = { actor: { id: number } | null; event: { kind: string } };
  const kindsFor = async ({ browser }: Actor): Promise<string[]> =>
    (await browser.get(path(number))).body.timeline.map(({ event }: Entry) => event.kind);
  const view = await readTicket(world.employee, number);
  expect(view.timeline.map(({ actor, event }: Entry) => [actor?.id ?? null, event])).toEqual([
    [world.employee.id, { kind: 'submitted' }],
    [world.coordinator.id, { kind: 'opened', priority: 'high', department: 'asset' }],
    [null, { kind: 'work_begun', department: 'asset' }],
    [world.admin.id, { kind: 'told', note: 'It lies at the desk.' }],
    [null, { kind: 'resolved', closesAt: expect.any(String) }],
    [world.employee.id, { kind: 'closed', by: 'requester' }],
  ]);
  expect(JSON.stringify(view)).not.toMatch(/Look at the dock|Which branch/);
  for (const reader of [world.coordinator, world.assetManager, hdtsAdmin])
    expect(await kindsFor(reader)).toEqual(
      expect.arrayContaining(['step_entered', 'assigned', 'step_done', 'overdue']),
    );
  // Late for a command, the requester reads the same story of what has changed.
  const late = await world.employee.browser.post(`${path(number)}/withdraw`, { version: 1, reason: 'Too late?' });
  expect(late).toMatchObject({ status: 409, body: { code: 'version_conflict' } });
  const changes = late.body.changes.map(({ event }: Entry) => event.kind);
  expect(changes).toEqual(['work_begun', 'told', 'resolved', 'closed']);
});

test('a coordinator who asks for themselves does not review it; another one does', async () => {
  const number = await submit(world.coordinator);
  const { actions } = await readTicket(world.coordinator, number);
  expect([actions.open.allowed, actions.reject.allowed, actions.withdraw.allowed]).toEqual([false, false, true]);
  const commands = { open: { priority: 'low', department: 'it' }, reject: { reason: 'Not needed.' } };
  for (const [kind, input] of Object.entries(commands))
    expect(await world.coordinator.browser.post(`${path(number)}/${kind}`, { version: 0, ...input })).toMatchObject({
      status: 403,
      body: { detail: 'You sent this ticket, so somebody else must decide about it.' },
    });
  const colleague = await makeActor(desk, { hdts: ['Ticket Coordinator'] });
  expect((await readTicket(colleague, number)).actions.open.allowed).toBe(true);
});

describe('the actions of a ticket', () => {
  const stages = {
    new: () => submit(world.employee),
    open: async () => {
      const number = await submit(world.employee);
      await moves.open(number, { actorId: world.coordinator.id });
      return number;
    },
    resolved: async () => {
      const number = await stages.open();
      await moves.act(number, 'submit', { actorId: world.admin.id });
      await moves.act(number, 'approve', { actorId: world.assetManager.id });
      await moves.act(number, 'finalize', { actorId: world.admin.id });
      return number;
    },
    closed: async () => {
      const number = await stages.resolved();
      await moves.close(number, 'requester', { actorId: world.employee.id });
      return number;
    },
    rejected: async () => {
      const number = await submit(world.employee);
      await moves.reject(number, { actorId: world.coordinator.id, text: 'Twice the same.' });
      return number;
    },
    withdrawn: async () => {
      const number = await stages.open();
      await moves.withdraw(number, { actorId: world.employee.id, text: 'Found one myself.' });
      return number;
    },
  };

  const offered = { employee: {}, coordinator: {}, assetManager: {} };
  test.each([
    { stage: 'new' as const, ...offered, employee: ['withdraw'], coordinator: ['open', 'reject'] },
    { stage: 'open' as const, ...offered, employee: ['withdraw'] },
    { stage: 'resolved' as const, ...offered, employee: ['close'] },
    { stage: 'closed' as const, ...offered },
    { stage: 'rejected' as const, ...offered },
    { stage: 'withdrawn' as const, ...offered },
  ])('on a $stage ticket are offered to those who may, and refused to others with a sentence', async (row) => {
    const number = await stages[row.stage]();
    for (const name of ['employee', 'coordinator', 'assetManager'] as const) {
      const { actions, status } = await readTicket(world[name], number);
      expect(status).toBe(row.stage);
      const entries = Object.entries<{ allowed: boolean; why: string | null }>(actions);
      const allowed = entries.filter(([, action]) => action.allowed).map(([key]) => key);
      expect(allowed, name).toEqual(Object.values(row[name]));
      for (const [key, { allowed: may, why }] of entries)
        expect(why, `${name} ${key}`).toEqual(may ? null : expect.stringMatching(/^[A-Z].+\.$/));
    }
  });

  test('an open ticket shows its assignee and deadline, but not the instructions for agents', async () => {
    const number = await stages.open();
    const view = await readTicket(world.employee, number);
    expect(view).toMatchObject({ priority: 'high', department: 'asset', assignee: { role: 'Admin' } });
    expect(Date.parse(view.assignee.dueAt)).toBeGreaterThan(Date.now());
    expect(view.progress).toEqual({ steps: ['Triage', 'Resolve', 'Finalize'], at: 0 });
    expect(JSON.stringify(view)).not.toContain('instruction');
  });

  test('a ticket that is over shows when it ended, and the reason if there is one', async () => {
    const number = await stages.rejected();
    const view = await readTicket(world.employee, number);
    expect(view).toMatchObject({ reason: 'Twice the same.', assignee: null, closesAt: null, resolvedAt: null });
    expect(view.closedAt).toBe(view.timeline.at(-1).at);
    const { reason, resolvedAt, closedAt } = await readTicket(world.employee, await stages.closed());
    expect([reason, Date.parse(resolvedAt) <= Date.parse(closedAt)]).toEqual([null, true]);
  });

  test('a resolved ticket says when it closes by itself: 72 hours after', async () => {
    const view = await readTicket(world.employee, await stages.resolved());
    expect(Date.parse(view.closesAt) - Date.parse(view.resolvedAt)).toBe(72 * 3_600_000);
    expect(view.progress.at).toBe(3);
  });
});
