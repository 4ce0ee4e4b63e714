import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { freshDatabase, type TestDatabase, testConfig } from '../../tests/stack.ts';
import { type Context, createContext } from '../context.ts';
import { createBase } from '../http/base.ts';
import { openBrowser } from '../http/browser.fixture.ts';
import { authRoutes } from './auth.routes.ts';
import { makeUser, testPassword } from './people.fixture.ts';
import { changeUser } from './users.service.ts';

// Real hashes, but counted: equal work hides whether a user exists, and measuring time could not prove it.
vi.mock('@node-rs/argon2', { spy: true });

let database: TestDatabase;
let context: Context;

const openApp = (config: Partial<Context['config']> = {}) =>
  createBase({ ...context, config: { ...context.config, ...config } }).route('/api', authRoutes);

const visit = () => openBrowser(openApp());

const signedIn = async (credentials: { email: string; password: string }) => {
  const browser = visit();
  const answer = await browser.signIn(credentials);
  expect(answer.status).toBe(200);
  return browser;
};

beforeAll(async () => {
  database = await freshDatabase();
  context = await createContext(testConfig({ DATABASE_URL: database.url }), 'test');
});
afterAll(async () => {
  await context.close();
  await database.drop();
});
beforeEach(async () => {
  await context.orm.em.fork().execute('delete from auth.rate_limit');
});

describe('somebody who is not signed in', () => {
  test.each([
    ['GET', '/api/me'],
    ['POST', '/api/auth/sign-out'],
  ])('%s %s answers 401', async (method, path) => {
    const answer = method === 'GET' ? await visit().get(path) : await visit().post(path);
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated', status: 401 } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
  });

  test('a made-up cookie counts as none', async () => {
    const headers = { cookie: 'tickets-session-8000=0123456789' };
    expect((await openApp().request('/api/me', { headers })).status).toBe(401);
    const session = await openApp().request('/api/auth/session', { headers });
    expect([session.status, await session.json()]).toEqual([200, { me: null }]);
  });

  test('a page that asks for the session gets null, without an error', async () => {
    expect(await visit().get('/api/auth/session')).toMatchObject({ status: 200, body: { me: null } });
  });
});

describe('sign-in', () => {
  test('is refused from another site with 403', async () => {
    const user = await makeUser(context.orm);
    const answer = await visit().signIn(user, { origin: 'https://elsewhere.example' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test.each([
    ['no body', undefined, 'email'],
    ['no password', { email: 'a@example.com' }, 'password'],
    ['a field too many', { email: 'a@example.com', password: 'x', admin: true }, 'admin'],
    ['no e-mail address', { email: 'somebody', password: 'x' }, 'email'],
    ['a password too long', { email: 'a@example.com', password: 'x'.repeat(129) }, 'password'],
  ])('with %s answers 400 and names the field', async (_what, body, path) => {
    const answer = await visit().post('/api/auth/sign-in', body ?? {});
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  test('with broken JSON gets 400', async () => {
    const answer = await visit().post('/api/auth/sign-in', '{"email":');
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });

  test('returns the user and their roles, whatever the case of the address', async () => {
    const user = await makeUser(
      context.orm,
      { tts: ['Admin', 'Asset Manager'], hdts: ['Employee'] },
      { email: 'maria@example.com', firstName: 'Maria', lastName: 'Garcia', suffix: 'Jr.', department: 'asset' },
    );
    const browser = visit();
    const answer = await browser.post('/api/auth/sign-in', { email: ' Maria@Example.COM ', password: testPassword });
    const assetManager = { key: 'asset_manager', name: 'Asset Manager' };
    const expected = {
      user: { id: user.id, name: 'Maria Garcia Jr.', email: 'maria@example.com', department: 'asset' },
      systems: [
        { slug: 'tts', name: 'TTS', roles: [{ key: 'admin', name: 'Admin' }, assetManager] },
        { slug: 'hdts', name: 'HDTS', roles: [{ key: 'employee', name: 'Employee' }] },
      ],
    };
    expect(answer).toMatchObject({ status: 200, body: expected });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await browser.get('/api/me')).toMatchObject({ status: 200, body: expected });
    expect(await browser.get('/api/auth/session')).toMatchObject({ status: 200, body: { me: expected } });
  });

  test('ends a session that the browser had before', async () => {
    const user = await makeUser(context.orm);
    const browser = await signedIn(user);
    const before = browser.cookie() ?? '';
    await browser.signIn(user);
    const answer = await openApp().request('/api/me', { headers: { cookie: before } });
    expect(answer.status).toBe(401);
  });
});

describe('wrong credentials', () => {
  const tries = async (): Promise<[string, { email: string; password: string }][]> => [
    ['unknown', { email: 'nobody@example.com', password: testPassword }],
    ['wrong password', { email: (await makeUser(context.orm)).email, password: 'wrong' }],
    ['pending', await makeUser(context.orm, {}, { status: 'pending' })],
    ['rejected', await makeUser(context.orm, {}, { status: 'rejected' })],
    ['without a password', await makeUser(context.orm, {}, { passwordHash: undefined })],
    ['switched off', await switchedOff()],
  ];
  const switchedOff = async () => {
    const user = await makeUser(context.orm);
    await changeUser(context.orm.em.fork(), user.id, { isActive: false });
    return user;
  };

  test('get the same answer after the same work for every account', async () => {
    for (const [what, credentials] of await tries()) {
      vi.mocked(verify).mockClear();
      const browser = visit();
      const answer = await browser.signIn(credentials);
      expect(answer, what).toMatchObject({
        status: 401,
        body: { code: 'invalid_credentials', detail: 'The e-mail or the password is not right.' },
      });
      expect(browser.cookie(), what).toBeNull();
      expect(verify, what).toHaveBeenCalledTimes(1);
    }
  });

  test('are refused with 429 after ten for one account, and the right password does not help then', async () => {
    const user = await makeUser(context.orm);
    const other = await makeUser(context.orm);
    for (let index = 0; index < 10; index += 1) {
      expect((await visit().signIn({ ...user, password: 'wrong' })).status).toBe(401);
    }
    const answer = await visit().signIn(user);
    expect(answer).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(60);
    expect((await visit().signIn(other)).status).toBe(200);
  });

  test('are refused after twenty in a minute from one address, whatever the account', async () => {
    for (let index = 0; index < 20; index += 1) {
      await visit().post('/api/auth/sign-in', { email: `nobody${index}@example.com`, password: 'x' });
    }
    const answer = await visit().post('/api/auth/sign-in', { email: 'nobody@example.com', password: 'x' });
    expect(answer).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  test('do not count against people who sign in correctly', async () => {
    const user = await makeUser(context.orm);
    for (let index = 0; index < 25; index += 1) await signedIn(user);
  });
});
