import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, openDesk } from '../../tests/desk.ts';

let desk: Desk;
let pages: string;

beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'pages-'));
  await writeFile(join(pages, 'index.html'), '<!doctype html><title>Tickets</title>');
  desk = await openDesk({ WEB_DIST: pages });
});
afterAll(async () => {
  await desk.close();
  await rm(pages, { recursive: true, force: true });
});

const get = (path: string, accept: string) => desk.app.request(`http://localhost:8000${path}`, { headers: { accept } });

test.each(['/', '/sign-in', '/help/tickets/TX20261129000001', '/desk', '/ams'])('%s is a page', async (path) => {
  const response = await get(path, '*/*');
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<title>Tickets')]);
});

test.each(['/metrics', '/nowhere', '/actuator/health'])('%s is none: a program hears so', async (path) => {
  const response = await get(path, '*/*');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'not_found', detail: `There is nothing at ${path}.` });
});

test('and a person sees the page that says so, with its headers', async () => {
  const response = await get('/nowhere', 'text/html,application/xhtml+xml,*/*;q=0.8');
  expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('<title>Tickets')]);
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(response.headers.get('content-security-policy')).not.toBeNull();
});
