import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcDeadlineError } from '@temporalio/client';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { type Proxy as Road, startProxy } from '../../tests/proxy.ts';
import { createTemporalClient } from './client.ts';

let road: Road;
let client: Client;
beforeEach(async () => {
  road = await startProxy(inject('temporalAddress'));
  client = createTemporalClient({ TEMPORAL_ADDRESS: road.address, TEMPORAL_NAMESPACE: 'default' });
  await call(Date.now() + 30_000);
});
afterEach(async () => {
  await client.connection.close();
  await road.cut();
});

const call = (deadline: number) => client.withDeadline(deadline, () => client.workflowService.getSystemInfo({}));

test('a call to a Temporal that is away ends at its deadline, and not a pause later', async () => {
  await road.cut();
  // Here the client's own pauses would end 2.3 seconds after it.
  const deadline = Date.now() + 3_300;
  const error = await call(deadline).catch((reason: unknown) => reason);
  expect(isGrpcDeadlineError(error), String(error)).toBe(true);
  expect(Date.now() - deadline).toBeLessThan(1_500);
});

test('a call goes through when Temporal comes back before its deadline', async () => {
  await road.cut();
  const answer = call(Date.now() + 30_000);
  await sleep(1_000);
  await road.open();
  expect(await answer).toHaveProperty('serverVersion');
});
