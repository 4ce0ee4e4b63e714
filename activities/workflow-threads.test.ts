import { expect, test } from 'vitest';
import { reconcileNow } from '../api/reconcile.ts';
import { startSystem } from '../tests/system.ts';
import { until } from '../tests/until.ts';
import { reconcileWorkflowId } from '../workflows/names.ts';

test('flows run in threads that take down no call stacks, and say so to whoever asks for one', async () => {
  const system = await startSystem();
  try {
    await reconcileNow(system.context);
    const flow = system.context.temporal.workflow.getHandle(reconcileWorkflowId);
    const refusal = await until(() => flow.query('__stack_trace').catch((error: Error) => error));
    expect(String(refusal)).toContain('stack traces are not enabled');
  } finally {
    await system.close();
  }
});
