import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld } from '../../tests/factories.ts';
import { startSystem, type TestSystem } from '../../tests/system.ts';
import { reconcileWorkflowId } from '../../workflows/names.ts';
import { reconcileOnce } from './reconcile-once.fixture.ts';

// 5,000 steps wait for a role that has a member again, and no workflow got the signal.

const waiting = 5_000;

let system: TestSystem;
beforeAll(async () => {
  system = await startSystem();
  await makeWorld(system);
  await system.context.orm.em.fork().execute(
    `insert into tracking.task (number, subject, category, department, priority, requester_id, requester_name, status,
       state, step_names, step_key, step_name, role_key, due_at, submitted_at, changed_at, version)
     select 'TX20200101' || lpad(n::text, 6, '0'), 'Waits', 'asset_check_out', 'asset', 'low', 1, 'Somebody', 'open',
       'waiting', '[]', 'resolve', 'Resolve', 'asset_manager', now(), now(), now(), 1
     from generate_series(1, ?::int) n`,
    [waiting],
  );
});
afterAll(() => system?.close());

test('all of them are signalled, one bounded page after the other', async () => {
  const { hinted, unresolved } = await reconcileOnce(system.context);
  expect({ hinted, unresolved }).toEqual({ hinted: waiting, unresolved: 0 });
  const { events } = await system.context.temporal.workflow.getHandle(reconcileWorkflowId).fetchHistory();
  const pages = (events ?? []).filter(
    ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name === 'hintTickets',
  );
  expect(pages.length).toBe(waiting / 100 + 1);
});
