import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, laptopForm, makeActor } from '../../factories.ts';
import { ask } from '../contract.ts';
import { withoutEffect } from '../effect.ts';
import { openTarget, type Target } from '../target.ts';
import { say, sql, statusIn } from './fixture.ts';

let target: Target;
let employee: Actor;
/** Every route that changes something, with a number where it wants one. */
let changes: string[];

const path = '/api/helpdesk/tickets';
const key = { 'idempotency-key': 'key-of-a-foreign-page' };

beforeAll(async () => {
  target = await openTarget();
  employee = await makeActor(target, { hdts: ['Employee', 'Ticket Coordinator'], tts: ['Admin'] });
  const { body } = await ask(target, { path: '/openapi.json' });
  changes = Object.entries<object>(body.paths)
    .filter(([, methods]) => 'post' in methods)
    .map(([route]) => route.replace('{number}', 'TX20200101000000'));
  expect(changes.length).toBeGreaterThan(8);
});
afterAll(() => target.close());

const submit = (headers: Record<string, string | string[] | undefined>, body: string = JSON.stringify(laptopForm)) =>
  ask(target, { path, body, as: employee, headers: { ...key, ...headers } });

test('S-032 a change that a foreign page asks for is refused', () =>
  withoutEffect(target, async () => {
    const foreign = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
    for (const route of changes) {
      const asked = { path: route, json: {}, as: employee, headers: foreign };
      const answer = await ask(target, asked);
      expect(answer, route).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  }));

test('S-034 an origin that only looks like ours is refused', () =>
  withoutEffect(target, async () => {
    const { host, hostname, port } = new URL(target.origin);
    const origins = [
      'null',
      '',
      `https://${host}`,
      `http://${hostname}:${Number(port) + 1}`,
      `http://${hostname}`,
      `http://${host}.evil.test`,
      `http://evil.test/${host}`,
      `${target.origin}/`,
      `${target.origin} https://evil.test`,
      target.origin.toUpperCase(),
      `http://user@${host}`,
    ];
    for (const origin of origins) expect((await submit({ origin })).status, origin).toBe(403);
    expect((await submit({ origin: undefined })).status).toBe(403);
    expect((await submit({ origin: [target.origin, 'https://evil.test'] })).status).toBe(403);
    for (const site of ['same-site', 'cross-site', 'none', '', 'SAME-ORIGIN', 'same-origin, cross-site'])
      expect((await submit({ 'sec-fetch-site': site })).status, site).toBe(403);
    for (const origin of origins) expect((await submit({ origin, 'sec-fetch-site': 'same-origin' })).status).toBe(403);
  }));

test('S-035 a body that is not called JSON is refused', () =>
  withoutEffect(target, async () => {
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain;application/json',
      'text/plain; charset=application/json',
      'application/jsonp',
      'application/json5',
      'application/json+x',
      'application/xml',
      '',
    ];
    for (const type of types) {
      const answer = await submit({ 'content-type': type });
      expect(answer, type).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
      expect((await submit({ 'content-type': type, origin: 'https://evil.test' })).status, type).toBe(403);
    }
    expect((await submit({ 'content-type': undefined })).status).toBe(415);
  }));

test('S-036 nothing changes by a method that only reads, or by one that another word stands for', () =>
  withoutEffect(target, async () => {
    const override = { 'x-http-method-override': 'POST', 'x-http-method': 'POST', 'x-method-override': 'POST' };
    for (const route of changes.filter((candidate) => candidate !== path))
      for (const method of ['GET', 'HEAD']) {
        const asked = { method, path: `${route}?_method=POST`, as: employee, headers: override };
        const { status } = await ask(target, asked);
        expect([400, 404], `${method} ${route}`).toContain(status);
      }
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const asked = { method, path, body: JSON.stringify(laptopForm), as: employee, headers: { ...key, ...override } };
      const { status } = await ask(target, asked);
      expect(status, method).toBe(method === 'GET' || method === 'HEAD' ? 200 : 404);
    }
  }));

test('S-038 no foreign page is told that it may read or ask', async () => {
  for (const origin of ['https://evil.test', 'null', target.origin]) {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type, idempotency-key',
    };
    const preflight = await ask(target, { method: 'OPTIONS', path, as: employee, headers });
    const reading = await ask(target, { path, as: employee, headers });
    for (const answer of [preflight, reading]) {
      const told = [...answer.headers].filter(([name]) => name.startsWith('access-control'));
      expect(told, origin).toEqual([]);
    }
    const isOurs = origin === target.origin;
    expect([preflight.status, reading.status], origin).toEqual(isOurs ? [404, 200] : [403, 403]);
  }
});

test('S-039 a method that nobody needs is refused', async () => {
  const host = `Host: 127.0.0.1:${target.port}\r\nConnection: close\r\n\r\n`;
  await withoutEffect(target, async () => {
    for (const method of ['TRACE', 'PROPFIND', 'SEARCH', 'LOCK', 'LINK', 'PURGE', 'get', 'FOO', 'POST\t']) {
      const answer = await say(target.port, `${method} ${path} HTTP/1.1\r\n${host}`);
      expect([400, 403, 404, 405, 501], `${method}: ${answer}`).toContain(statusIn(answer));
      expect(answer).not.toContain(`${method} ${path}`);
    }
    expect([0, 400, 404, 405, 501]).toContain(
      statusIn(await say(target.port, `CONNECT evil.test:443 HTTP/1.1\r\n${host}`)),
    );
  });
});

test('S-099 an answer opened as a page is data, under no name that a script could give it', async () => {
  for (const route of ['/api/me', '/openapi.json', '/healthz', '/api/notifications']) {
    const answer = await ask(target, { path: route, as: employee, headers: { accept: 'text/html' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  }
  for (const name of ['callback', 'jsonp', 'cb']) {
    expect((await ask(target, { path: `${path}?${name}=alert(1)//`, as: employee })).status).toBe(400);
    const answer = await ask(target, { path: `/api/me?${name}=alert(1)//`, as: employee });
    expect(JSON.stringify(answer.body)).not.toContain('alert');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  }
});

test('S-107 an address that a request claims to have come to is put into nothing', async () => {
  const claims = {
    host: 'evil.test',
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'https',
    'x-forwarded-server': 'evil.test',
    'x-original-url': 'https://evil.test/',
    'x-rewrite-url': 'https://evil.test/',
    forwarded: 'host=evil.test;proto=https',
  };
  for (const route of ['/', '/api/me', '/openapi.json', '/api/nothing', '/api/reference', path]) {
    const answer = await ask(target, { path: route, as: employee, headers: claims });
    expect(JSON.stringify([...answer.headers, answer.body]), route).not.toContain('evil');
  }
  const answer = await submit({ ...claims, 'idempotency-key': 'key-with-a-foreign-host' });
  expect(answer.status).toBe(201);
  const kept = await sql(
    target,
    'select row_to_json(t) from helpdesk.ticket t union all select row_to_json(o) from outbox o',
  );
  expect(JSON.stringify(kept)).toContain(answer.body.number);
  expect(JSON.stringify(kept)).not.toContain('evil');
});
