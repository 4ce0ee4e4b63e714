import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, makeWorld, readTask, readTicket, review, submit, type World } from '../factories.ts';
import { startSystem, type TestSystem } from '../system.ts';

let system: TestSystem;
let world: World;

beforeAll(async () => {
  system = await startSystem();
  world = await makeWorld(system);
});
afterAll(() => system.close());

const kinds = (ticket: { timeline: { event: { kind: string } }[] }): string[] =>
  ticket.timeline.map((entry) => entry.event.kind);

test('a ticket goes from submission to closing, with one rejection back to triage', async () => {
  const { employee, coordinator, admin, assetManager } = world;
  const number = await submit(employee);
  expect((await readTicket(employee, number)).status).toBe('new');

  const opened = await review(coordinator, number, 'open', { priority: 'high', department: 'asset' });
  expect(opened.status, JSON.stringify(opened.body)).toBe(200);
  expect(opened.body).toMatchObject({ status: 'open', version: 1 });

  const triage = await readTask(admin, number);
  expect(triage).toMatchObject({ step: 'Triage', role: 'Admin', visit: 1, assignee: { id: admin.id } });

  expect((await act(admin, number, 'submit')).status).toBe(200);
  expect(await readTask(assetManager, number)).toMatchObject({ step: 'Resolve', assignee: { id: assetManager.id } });

  expect((await act(assetManager, number, 'reject', 'The approval of the manager is missing.')).status).toBe(200);
  expect(await readTask(admin, number)).toMatchObject({ step: 'Triage', visit: 2, assignee: { id: admin.id } });

  expect((await act(admin, number, 'submit', 'The approval is there now.')).status).toBe(200);
  expect((await act(assetManager, number, 'approve', 'Handed over, serial checked.')).status).toBe(200);
  expect(await readTask(admin, number)).toMatchObject({ step: 'Finalize', role: 'Admin' });
  expect((await act(admin, number, 'finalize', 'Records are up to date.')).body).toMatchObject({ status: 'resolved' });

  const closed = await review(employee, number, 'close', {});
  expect(closed.body).toMatchObject({ status: 'closed' });

  const ticket = await readTicket(coordinator, number);
  expect(ticket.status).toBe('closed');
  expect(kinds(ticket)).toEqual([
    'submitted',
    'opened',
    'routed',
    ...['step_entered', 'assigned'],
    ...['step_done', 'step_entered', 'assigned'],
    ...['step_done', 'step_entered', 'assigned'],
    ...['step_done', 'step_entered', 'assigned'],
    ...['step_done', 'step_entered', 'assigned'],
    ...['step_done', 'resolved'],
    'closed',
  ]);
  const story = ['submitted', 'opened', 'work_begun', 'told', 'resolved', 'closed'];
  expect(kinds(await readTicket(employee, number))).toEqual(story);
  const handle = system.context.temporal.workflow.getHandle(`ticket:${number}`);
  expect(await handle.result()).toBe('closed');
});
