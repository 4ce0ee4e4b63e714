import { gzipSync } from 'node:zlib';
import { z } from '@hono/zod-openapi';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { freshDatabase, type TestDatabase, testConfig } from '../../tests/stack.ts';
import { authRoutes } from '../auth/auth.routes.ts';
import { type Context, createContext } from '../context.ts';
import { createBase } from './base.ts';
import { largestBody } from './body.ts';
import { anyone } from './policy.ts';
import { createRouter, endpoint } from './router.ts';

let database: TestDatabase;
let context: Context;

beforeAll(async () => {
  database = await freshDatabase();
  context = await createContext(testConfig({ DATABASE_URL: database.url }), 'test');
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

const echoBody = z.strictObject({ text: z.string() });
const echo = endpoint(anyone, {
  method: 'post',
  path: '/echo',
  request: { body: { content: { 'application/json': { schema: echoBody } } } },
  responses: { 200: { description: 'The same', content: { 'application/json': { schema: echoBody } } } },
});
const broken = endpoint(anyone, { method: 'get', path: '/broken', responses: { 204: { description: 'Never' } } });

const openApp = () =>
  createBase(context)
    .route('/api', authRoutes)
    .route(
      '/api',
      createRouter()
        .openapi(echo, (c) => c.json(c.req.valid('json'), 200))
        .openapi(broken, () => {
          throw new Error('the password is swordfish');
        }),
    );

const ours = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
const post = (headers: Record<string, string>, body: BodyInit | null = '{"text":"hello"}', path = '/api/echo') =>
  openApp().request(path, { method: 'POST', headers, body });

describe('a change is taken only from our own pages', () => {
  const json = { 'content-type': 'application/json' };
  test.each([
    ['same-origin by the browser’s word', { ...json, 'sec-fetch-site': 'same-origin' }, 200],
    ['the configured origin, from an old browser', { ...json, origin: 'http://localhost:8000' }, 200],
    ['a sibling site', { ...json, 'sec-fetch-site': 'same-site', origin: 'http://localhost:8000' }, 403],
    ['another site', { ...json, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['another site, from an old browser', { ...json, origin: 'https://evil.example' }, 403],
    ['another origin, although the browser calls it the same', { ...ours, origin: 'http://localhost:8001' }, 403],
    ['the origin that Host claims', { ...json, origin: 'https://evil.example', host: 'evil.example' }, 403],
    ['an opaque origin', { ...json, origin: 'null' }, 403],
    ['no word on where it comes from', json, 403],
    ['a form', { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['JSON that calls itself text', { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' }, 415],
    ['JSON with its character set', { ...ours, 'content-type': 'application/json; charset="UTF-8"' }, 200],
    ['JSON in another character set', { ...ours, 'content-type': 'application/json;charset=utf-16' }, 415],
    ['JSON as it is', { ...ours, 'content-encoding': 'Identity' }, 200],
    ['JSON that says it is packed', { ...ours, 'content-encoding': 'gzip' }, 415],
    ['JSON that says it is packed twice', { ...ours, 'content-encoding': 'identity, br' }, 415],
    ['JSON that says it is packed on its way', { ...ours, 'transfer-encoding': 'gzip, chunked' }, 415],
  ])('%s', async (_what, headers, status) => {
    expect((await post(headers)).status).toBe(status);
  });

  test('reading needs no origin, but one that is there is compared', async () => {
    const read = async (headers: Record<string, string>) =>
      (await openApp().request('/api/auth/session', { headers })).status;
    expect(await read({})).toBe(200);
    expect(await read({ origin: 'http://localhost:8000' })).toBe(200);
    expect(await read({ 'sec-fetch-site': 'none' })).toBe(200);
    for (const origin of ['https://evil.example', 'null', '', 'http://localhost:8001'])
      expect(await read({ origin }), origin).toBe(403);
  });
});

test('a packed body is refused with a sentence that says what to do', async () => {
  const packed = await post({ ...ours, 'content-encoding': 'gzip' }, gzipSync('{"text":"hello"}'));
  expect(await packed.json()).toMatchObject({
    status: 415,
    code: 'unsupported_media_type',
    detail: 'Send the body as it is: a Content-Encoding is not understood.',
  });
});

describe('a body', () => {
  test('may take its time to arrive: the time for the answer begins when it is there', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const headers = { ...ours, 'content-length': '16' };
    const init = { method: 'POST', headers, body: readable, duplex: 'half' };
    const answer = openApp().request(new Request('http://localhost:8000/api/echo', init));
    const writer = writable.getWriter();
    await writer.write(Buffer.from('{"text":'));
    await vi.advanceTimersByTimeAsync(60_000);
    await writer.write(Buffer.from('"hello"}'));
    await writer.close();
    expect(await (await answer).json()).toEqual({ text: 'hello' });
  });

  test('over the limit is refused, announced or not', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(largestBody) });
    const announced = await post({ ...ours, 'content-length': String(body.length) }, body);
    expect(announced.status).toBe(413);
    const chunks = new Blob([body]).stream();
    const init = { method: 'POST', headers: { ...ours, 'transfer-encoding': 'chunked' }, body: chunks, duplex: 'half' };
    const streamed = await openApp().request(new Request('http://localhost:8000/api/echo', init));
    expect(await streamed.json()).toMatchObject({ code: 'too_large', status: 413 });
  });

  test('cannot slip past its schema by having no content type', async () => {
    const answer = await post({ 'sec-fetch-site': 'same-origin' }, null);
    expect(await answer.json()).toMatchObject({ code: 'invalid_input', status: 400 });
  });

  test('with unknown fields is refused, naming them', async () => {
    const answer = await post(ours, '{"text":"hello","__proto__x":1,"role":"Admin"}');
    const { errors } = await answer.json();
    expect(errors).toEqual([
      { path: '__proto__x', message: 'There is no such field.' },
      { path: 'role', message: 'There is no such field.' },
    ]);
  });

  test('with very many unknown fields, or one with a very long name, is refused in few words', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_none, index) => [`field${index}`, 1]));
    const long = { [`x${'y'.repeat(200_000)}`]: 1 };
    for (const fields of [many, long]) {
      const answer = await post(ours, JSON.stringify({ text: 'hello', ...fields }));
      expect(answer.status).toBe(400);
      expect((await answer.text()).length).toBeLessThan(10_000);
    }
  });

  test('that is no UTF-8 is refused, also where it would be JSON', async () => {
    const whole = Buffer.from('{"text":"caf\u00e9"}');
    expect(await (await post(ours, whole)).json()).toEqual({ text: 'caf\u00e9' });
    for (const bad of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
      const body = Buffer.concat([Buffer.from('{"text":"caf'), Buffer.from(bad), Buffer.from('"}')]);
      expect(await (await post(ours, body)).json()).toMatchObject({ status: 400, detail: 'The body is not UTF-8.' });
    }
  });
});

test('an unknown path of the API is a 404 in the one shape of errors', async () => {
  const answer = await openApp().request('/api/nothing/here');
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toEqual({
    type: 'about:blank',
    title: 'Not found',
    status: 404,
    code: 'not_found',
    detail: 'There is nothing at /api/nothing/here.',
    requestId: answer.headers.get('x-request-id'),
  });
});

describe('in production', () => {
  const config = { NODE_ENV: 'production', PUBLIC_URL: 'https://tickets.example.com' } as const;
  const ask = (host: string, path = '/api/auth/session', address = 'http://tickets.example.com') =>
    createBase({ ...context, config: { ...context.config, ...config } })
      .route('/api', authRoutes)
      .request(`${address}${path}`, { headers: { host } });

  test.each(['tickets.example.com', 'TICKETS.example.com', 'tickets.example.com:443'])(
    'the host %s is ours',
    async (host) => {
      expect((await ask(host)).status).toBe(200);
    },
  );

  test.each([
    'evil.test',
    'tickets.example.com.evil.test',
    'tickets.example.com:8000',
    'tickets.example.com:80',
    'tickets.example.com.',
    'user@tickets.example.com',
    'tickets.example.com/evil',
    '127.0.0.1:8000',
    'localhost',
    '[::1]',
    '',
  ])('the host “%s” is refused', async (host) => {
    const answer = await ask(host);
    expect(await answer.json()).toMatchObject({ status: 421, code: 'misdirected' });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect((await ask(host, '/some/page')).status).toBe(421);
  });

  test('an address that names another host is refused', async () => {
    expect((await ask('tickets.example.com', '/api/auth/session', 'http://evil.test')).status).toBe(421);
  });

  test('machines may ask for the health at any address', async () => {
    for (const path of ['/healthz', '/readyz']) expect((await ask('10.0.0.7:8000', path)).status, path).toBe(404);
  });
});

test('each request has an id of its own, whatever id it comes with', async () => {
  const idOf = async (id: string) =>
    (await openApp().request('/api/nothing', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
  const given = ['0', 'one', crypto.randomUUID()];
  const ids = await Promise.all(given.map(idOf));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set([...ids, ...given]).size).toBe(6);
});

test('an unknown path outside of the API has the same headers', async () => {
  const answer = await openApp().request('/nothing/here');
  expect(answer.status).toBe(404);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
});

test('an error that nobody expected tells nothing of what is inside', async () => {
  const answer = await openApp().request('/api/broken');
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('swordfish');
});

describe('headers', () => {
  test('let a page load our own files only', async () => {
    const { headers } = await openApp().request('/api/nothing');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'; script-src 'self';");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the reference', () => {
  test('describes the routes and how one signs in', async () => {
    const document = await (await openApp().request('/openapi.json')).json();
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/auth/sign-in', '/api/auth/sign-out', '/api/me']),
    );
    const session = { type: 'apiKey', in: 'cookie', name: 'tickets-session-8000' };
    expect(document.components.securitySchemes.session).toEqual(session);
  });

  test('is a page that asks no foreign host for anything', async () => {
    const page = await openApp().request('/api/reference');
    const html = await page.text();
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(html).not.toMatch(/(src|href|from|import)[ ="'(]+https?:/);
    const nonce = /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
    expect(html).toContain(`nonce="${nonce}"`);
    const script = await openApp().request('/api/reference/standalone.js');
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect((await script.text()).length).toBeGreaterThan(1_000_000);
  });
});
