import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMoves, type Desk, type Moves, makeStaff, openDesk } from '../../tests/desk.ts';
import { readTask, readTicket, submit, type World } from '../../tests/factories.ts';

// The definition says who reads the note of an action.

let desk: Desk;
let moves: Moves;
let world: World;
let number: string;

beforeAll(async () => {
  desk = await openDesk();
  moves = createMoves(desk);
  world = await makeStaff(desk);
  number = await submit(world.employee);
  await moves.open(number, { actorId: world.coordinator.id });
  await moves.act(number, 'submit', { actorId: world.admin.id, text: 'Ask for the serial.' });
  await moves.act(number, 'reject', { actorId: world.assetManager.id, text: 'They are new here.' });
  await moves.act(number, 'submit', { actorId: world.admin.id, text: undefined });
  await moves.act(number, 'approve', { actorId: world.assetManager.id, text: undefined });
  await moves.act(number, 'finalize', { actorId: world.admin.id, text: 'It lies at the desk.' });
});
afterAll(() => desk.close());

type Entry = { event: { kind: string; note: string } };
const notes = (timeline: Entry[]): string[] =>
  timeline.filter(({ event }) => event.kind === 'step_done').map(({ event }) => event.note);

test('people who work on tickets read every note', async () => {
  const all = ['Ask for the serial.', 'They are new here.', '', '', 'It lies at the desk.'];
  expect(notes((await readTask(world.admin, number)).ticket.timeline)).toEqual(all);
});

test('the requester reads the notes for the requester, and no other in any answer', async () => {
  const told = (timeline: Entry[]) =>
    timeline.filter(({ event }) => event.kind === 'told').map(({ event }) => event.note);
  const { timeline } = await readTicket(world.employee, number);
  expect(told(timeline)).toEqual(['It lies at the desk.']);
  const { body } = await world.employee.browser.post(`/api/helpdesk/tickets/${number}/close`, { version: 1 });
  expect(body.code).toBe('version_conflict');
  expect(told(body.changes)).toEqual(['It lies at the desk.']);
  expect(JSON.stringify([timeline, body])).not.toMatch(/serial\.|new here/);
});

test('the notification that it is done contains the note for the requester', async () => {
  const { items } = (await world.employee.browser.get('/api/notifications')).body;
  const resolved = items.find((item: { kind: string }) => item.kind === 'resolved');
  expect(resolved.body).toMatch(/^“It lies at the desk.” Say whether it is done/);
  expect(JSON.stringify(items)).not.toMatch(/serial|new here/);
});
