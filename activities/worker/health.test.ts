import { expect, onTestFinished, test } from 'vitest';
import { ask } from '../../dev/ask.ts';
import { askFor, oddTargets } from '../../dev/odd-targets.fixture.ts';
import { serveHealth } from './health.ts';

test('a worker says whether it serves its queues, whatever the path', async () => {
  let running = true;
  const server = await serveHealth('127.0.0.1:0', { areRunning: () => running });
  onTestFinished(() => server.close());
  const url = `http://127.0.0.1:${server.port}`;
  expect(await ask(url)).toEqual({ status: 200, body: '{"alive":true}' });
  for (const [what, target] of oddTargets) expect(await askFor(server.port, target), what).toMatch(/^HTTP\/1.1 \d{3} /);
  running = false;
  expect(await ask(url)).toEqual({ status: 503, body: '{"alive":false}' });
});

test('an address that is taken is an error, not a worker that nobody can ask', async () => {
  const first = await serveHealth('127.0.0.1:0', { areRunning: () => true });
  onTestFinished(() => first.close());
  await expect(serveHealth(`127.0.0.1:${first.port}`, { areRunning: () => true })).rejects.toThrow('EADDRINUSE');
});
