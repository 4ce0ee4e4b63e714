import { afterAll, beforeAll, expect, test } from 'vitest';
import { askFor } from '../../../dev/odd-targets.fixture.ts';
import { type Desk, makeStaff, openDesk } from '../../../tests/desk.ts';
import { submit } from '../../../tests/factories.ts';
import { createApp } from '../../app.ts';
import { outboxBacklog } from '../../db/outbox/backlog.ts';
import { mailBacklog } from '../../notification/mail-backlog.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { serveMetrics } from './serve-metrics.ts';

let desk: Desk;
let metrics: Metrics;

beforeAll(async () => {
  desk = await openDesk();
  const em = () => desk.context.orm.em.fork();
  metrics = createMetrics({ outbox: () => outboxBacklog(em()), mail: () => mailBacklog(em()) });
});
afterAll(() => desk.close());

const lines = async (): Promise<string[]> => (await metrics.read()).split('\n');
const numberOf = async (name: string): Promise<number> =>
  Number((await lines()).find((line) => line.startsWith(`${name} `))?.split(' ')[1] ?? Number.NaN);

test('the outbox is measured by its length and the age of its oldest entry', async () => {
  expect([await numberOf('tickets_outbox_waiting'), await numberOf('tickets_outbox_oldest_seconds')]).toEqual([0, 0]);
  const { employee } = await makeStaff(desk);
  await submit(employee);
  const em = desk.context.orm.em.fork();
  const waiting = (await outboxBacklog(em)).waiting;
  expect(waiting).toBeGreaterThan(0);
  await em.execute(`update outbox set created_at = now() - interval '90 s'`);
  expect(await numberOf('tickets_outbox_waiting')).toBe(waiting);
  expect(await numberOf('tickets_outbox_oldest_seconds')).toBeCloseTo(90, -1);
  expect(await numberOf('tickets_mail_waiting')).toBe(0);
});

test('requests are measured by the pattern of their route, never by their own words', async () => {
  const app = createApp(desk.context, metrics);
  const get = (path: string, method = 'GET') => app.request(`http://localhost:8000${path}`, { method });
  await get('/healthz');
  await get('/api/helpdesk/tickets/TX1');
  await get('/api/helpdesk/tickets/TX2');
  await get('/api/nowhere/at/all');
  await get('/api/nowhere/at/all', 'BREW');
  const counts = (await lines()).filter((line) => line.startsWith('tickets_http_request_seconds_count'));
  expect(counts.join('\n')).not.toMatch(/TX1|nowhere|BREW/);
  expect(counts).toEqual(
    expect.arrayContaining([
      'tickets_http_request_seconds_count{method="GET",route="/healthz",status="200"} 1',
      'tickets_http_request_seconds_count{method="GET",route="/api/helpdesk/tickets/:number",status="401"} 2',
      'tickets_http_request_seconds_count{method="other",route="other",status="403"} 1',
    ]),
  );
});

test('they are on an address of their own, and only there', async () => {
  const server = await serveMetrics('127.0.0.1:0', metrics);
  try {
    expect(await askFor(server.port, '/metrics')).toContain('\ntickets_outbox_waiting ');
    for (const target of ['/', '//', '*', '/metrics/more'])
      expect(await askFor(server.port, target)).toMatch(/^HTTP\/1.1 404 /);
  } finally {
    await server.close();
  }
});

test('while PostgreSQL does not answer the rest is told all the same', async () => {
  const away = () => Promise.reject(new Error('away'));
  const text = await createMetrics({ outbox: away, mail: away }).read();
  expect(text).toMatch(/^tickets_backlog_known 0$/m);
  expect(text).toMatch(/^process_cpu_seconds_total /m);
});
