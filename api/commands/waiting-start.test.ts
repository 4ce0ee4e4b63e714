import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld, readTicket, review, submit, type World } from '../../tests/factories.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { until } from '../../tests/until.ts';
import { ticketWorkflowId } from '../../workflows/names.ts';
import { enqueue, waitingIn } from '../db/outbox/enqueue.ts';
import { OutboxEntry } from '../db/outbox/outbox.entity.ts';
import { createRelay } from '../db/outbox/relay.ts';
import { priorities, turnOfUser } from '../temporal/priorities.ts';
import { startWorkflow } from '../temporal/start-workflow.ts';

// A command on a ticket whose workflow still waits in the outbox, behind hundreds of others.

let system: TestSystem;
let world: World;
beforeAll(async () => {
  system = await startSystem();
  world = await makeWorld(system);
});
afterAll(() => system.close());

const em = () => system.context.orm.em.fork();

test('starts that workflow at once; the others keep their turn', async () => {
  await system.relay.stop();
  const { employee, coordinator } = world;
  await em().transactional(async (tx) => {
    for (let some = 0; some < 300; some += 1)
      enqueue(tx, {
        ...{ workflowType: 'anything', workflowId: `waiting:${some}`, taskQueue: 'nobody-polls', args: [] },
        ...{ priority: priorities.people, fairnessKey: turnOfUser(employee.id) },
      });
  });
  const [number, other] = [await submit(employee), await submit(employee)];

  const answer = await review(coordinator, number, 'open', { priority: 'low', department: 'it' });
  expect(answer).toMatchObject({ status: 200, body: { status: 'open', version: 1 } });
  expect(await readTicket(employee, number)).toMatchObject({ status: 'open' });
  expect(await em().count(OutboxEntry, {})).toBe(301);
  expect(await waitingIn(em(), [ticketWorkflowId(number)])).toEqual(new Set());

  const { orm, log, config, temporal } = system.context;
  const relay = createRelay({
    orm,
    log,
    databaseUrl: config.DATABASE_URL,
    start: (entry) => startWorkflow(temporal, entry),
  });
  await until(async () => (await em().count(OutboxEntry)) === 0);
  await relay.stop();
  expect((await review(coordinator, other, 'reject', { reason: 'Twice the same.' })).status).toBe(200);
});
