import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcileOnce } from '../../activities/reconcile/reconcile-once.fixture.ts';
import { reconcileWorkflowId, ticketWorkflowId } from '../../workflows/names.ts';
import { makeWorld, type World } from '../factories.ts';
import { createStages } from '../stages.ts';
import { startSystem, type TestSystem } from '../system.ts';
import { keepHistory } from './keep.ts';

let system: TestSystem;
let world: World;
beforeAll(async () => {
  system = await startSystem();
  world = await makeWorld(system);
});
afterAll(() => system.close());

test('a reconciler that finds nothing, a ticket without its workflow, and then nothing again', async () => {
  const { context } = system;
  const number = await createStages(world).triage();
  await reconcileOnce(context);
  await context.temporal.workflow.getHandle(ticketWorkflowId(number)).terminate('By mistake');
  expect((await reconcileOnce(context)).restarted).toBeGreaterThanOrEqual(1);
  await reconcileOnce(context);
  await keepHistory('reconcile', context.temporal.workflow.getHandle(reconcileWorkflowId));
});
