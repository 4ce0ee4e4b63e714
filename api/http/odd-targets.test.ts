import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askFor, oddTargets } from '../../dev/odd-targets.fixture.ts';
import { type Desk, openDesk } from '../../tests/desk.ts';
import { createHttpServer } from './http-server.ts';

let desk: Desk;
let server: Server;
let pages: string;

beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'pages-'));
  await writeFile(join(pages, 'index.html'), '<!doctype html><title>Tickets</title>');
  desk = await openDesk({ WEB_DIST: pages });
  server = createHttpServer(desk.app.fetch, desk.context).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await desk.close();
  await rm(pages, { recursive: true, force: true });
});

const port = (): number => (server.address() as AddressInfo).port;

test.each(oddTargets)('%s instead of a path gets an answer of ours, and the API goes on', async (_what, target) => {
  for (const method of ['GET', 'POST']) {
    expect(await askFor(port(), target, method)).toMatch(/^HTTP\/1.1 [24]\d\d /);
  }
  expect(await askFor(port(), '/healthz')).toMatch(/^HTTP\/1.1 200 /);
});
