import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freshDatabase, type TestDatabase, testConfig } from '../../tests/stack.ts';
import { type Context, createContext } from '../context.ts';
import { createBase } from '../http/base.ts';
import { openBrowser } from '../http/browser.fixture.ts';
import { authRoutes } from './auth.routes.ts';
import { sessionCookieName } from './lucia.ts';
import { makeUser } from './people.fixture.ts';
import { revokeRole } from './roles.service.ts';
import { changeUser, setPassword } from './users.service.ts';

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

describe('the session', () => {
  test('ends with sign-out, also for a copy of the cookie', async () => {
    const browser = await signedIn(await makeUser(context.orm));
    const copy = browser.cookie() ?? '';
    const answer = await browser.post('/api/auth/sign-out');
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(browser.cookie()).toBeNull();
    expect((await openApp().request('/api/me', { headers: { cookie: copy } })).status).toBe(401);
  });

  test('is stored only as a hash', async () => {
    const browser = await signedIn(await makeUser(context.orm));
    const token = (browser.cookie() ?? '').split('=')[1];
    const rows = await context.orm.em.fork().execute<{ id: string }[]>('select * from auth.session');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.every((row) => /^[0-9a-f]{64}$/.test(row.id))).toBe(true);
  });

  test('is in a cookie that scripts, other sites and plain connections cannot see', async () => {
    const user = await makeUser(context.orm);
    const local = await visit().signIn(user);
    expect(local.headers.get('set-cookie')).toMatch(
      /^tickets-session-8000=[a-z0-9]{40}; HttpOnly; Max-Age=7200; Path=\/; SameSite=Lax$/,
    );
    const secure = openBrowser(openApp({ PUBLIC_URL: 'https://desk.example.com' }));
    const answer = await secure.signIn(user, { origin: 'https://desk.example.com' });
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-tickets-session=.*Path=\/;.*Secure/);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
  });

  test('is read whatever cookies other programs have set, unless there are two of them', async () => {
    const mine = (await signedIn(await makeUser(context.orm))).cookie() ?? '';
    const other = (await signedIn(await makeUser(context.orm))).cookie() ?? '';
    const [name] = mine.split('=');
    const ask = async (cookie: string) => (await openApp().request('/api/me', { headers: { cookie } })).status;
    const foreign = [
      'theme=100%',
      'session=x',
      `session=${'a'.repeat(40)}`,
      `${name}=x`,
      `${name}=`,
      `${name}=%`,
      mine,
    ];
    for (const cookie of foreign)
      for (const both of [`${mine}; ${cookie}`, `${cookie};${mine};lang=en`]) expect(await ask(both), both).toBe(200);
    for (const cookie of [`${mine}; ${other}`, `${name}=x`, `${name}=%`, `${name}=`, `${name}`, `other${mine}`])
      expect(await ask(cookie), cookie).toBe(401);
  });

  test.each([
    ['http://localhost:8000', 'tickets-session-8000'],
    ['http://localhost:5173', 'tickets-session-5173'],
    ['https://tickets.example.com', '__Host-tickets-session'],
    ['https://example.com:8443', '__Host-tickets-session-8443'],
  ])('is in a cookie that no other program of the machine has: %s', (publicUrl, name) => {
    expect(sessionCookieName(publicUrl)).toBe(name);
  });

  test('loses a revoked role on the next request', async () => {
    const user = await makeUser(context.orm, { tts: ['Admin', 'Asset Manager'] });
    const browser = await signedIn(user);
    await revokeRole(context.orm.em.fork(), { userId: user.id, system: 'tts', role: 'admin' });
    expect((await browser.get('/api/me')).body.systems).toEqual([
      { slug: 'tts', name: 'TTS', roles: [{ key: 'asset_manager', name: 'Asset Manager' }] },
    ]);
  });

  test.each([
    ['the user is switched off', (id: number) => changeUser(context.orm.em.fork(), id, { isActive: false })],
    ['the user is rejected', (id: number) => changeUser(context.orm.em.fork(), id, { status: 'rejected' })],
    ['the password changes', (id: number) => setPassword(context.orm.em.fork(), id, 'another horse')],
  ])('is over when %s', async (_what, act) => {
    const user = await makeUser(context.orm);
    const browser = await signedIn(user);
    await act(user.id);
    expect((await browser.get('/api/me')).status).toBe(401);
  });

  const age = (sql: string) => context.orm.em.fork().execute(`update auth.session set ${sql}`);

  test('is prolonged while in use', async () => {
    const browser = await signedIn(await makeUser(context.orm));
    expect((await browser.get('/api/me')).headers.get('set-cookie')).toBeNull();
    await age(`expires_at = now() + interval '30 minutes', created_at = now() - interval '2 hours'`);
    expect((await browser.get('/api/me')).headers.get('set-cookie')).toContain('Max-Age=7200');
    const [row] = await context.orm.em
      .fork()
      .execute(`select max(expires_at) > now() + interval '1 hour' as longer from auth.session`);
    expect(row).toEqual({ longer: true });
  });

  test('ends when unused for long', async () => {
    const browser = await signedIn(await makeUser(context.orm));
    await age(`expires_at = now() - interval '1 second'`);
    expect((await browser.get('/api/me')).status).toBe(401);
  });

  test('ends after a working day even when in use', async () => {
    const browser = await signedIn(await makeUser(context.orm));
    await age(`expires_at = now() + interval '1 minute', created_at = now() - interval '10 hours'`);
    expect((await browser.get('/api/me')).status).toBe(200);
    expect((await browser.get('/api/me')).status).toBe(401);
  });

  test.each([-1, 1])('goes by the clock of PostgreSQL where this process is %i hour off', async (hours) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
    try {
      const browser = await signedIn(await makeUser(context.orm));
      const [row] = await context.orm.em.fork().execute(
        `select round(extract(epoch from max(expires_at) - now()) / 60)::int as minutes from auth.session
         where created_at = (select max(created_at) from auth.session)`,
      );
      expect(row).toEqual({ minutes: 120 });
      await age(`expires_at = now() + interval '10 minutes'`);
      expect((await browser.get('/api/me')).status).toBe(200);
      await age(`expires_at = now() - interval '1 second'`);
      expect((await browser.get('/api/me')).status).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });
});
