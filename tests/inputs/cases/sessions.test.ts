import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApp } from '../../../api/app.ts';
import { sessionCookieName, sessionsOf } from '../../../api/auth/lucia.ts';
import { makeUser } from '../../../api/auth/people.fixture.ts';
import { assignRole, revokeRole } from '../../../api/auth/roles.service.ts';
import { changeUser, setPassword } from '../../../api/auth/users.service.ts';
import { openBrowser } from '../../../api/http/browser.fixture.ts';
import { type Actor, makeActor } from '../../factories.ts';
import { ask } from '../contract.ts';
import { withoutEffect } from '../effect.ts';
import { openTarget, type Target } from '../target.ts';
import { cookieIn, forgetTries, say, signIn, sql, statusIn } from './fixture.ts';

let target: Target;
const fork = () => target.context.orm.em.fork();
const cookieName = sessionCookieName('http://localhost:8000');
const me = (cookie: string) => ask(target, { path: '/api/me', as: cookie });
const employee = (): Promise<Actor> => makeActor(target, { hdts: ['Employee'] });

beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => forgetTries(target));

test('S-018 what a stolen database says of a session opens none', async () => {
  await employee();
  const rows = await sql<{ id: string }>(target, 'select id from auth.session');
  expect(rows.length).toBeGreaterThan(0);
  for (const { id } of rows) expect((await me(`${cookieName}=${id}`)).status).toBe(401);
});

test('S-019 a cookie that holds no token is nobody’s', async () => {
  await employee();
  const random = randomBytes(20).toString('hex');
  const values = [
    '',
    '%20',
    '%',
    '%00',
    '%E0%A4%A',
    'null',
    '0',
    'undefined',
    '[]',
    '{"$ne":""}',
    "' or '1'='1",
    random,
  ];
  for (const value of [...values, 'x'.repeat(8_000)]) {
    const answer = await withoutEffect(target, () => me(`${cookieName}=${value}`));
    expect(answer, value).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  }
  for (const cookie of [cookieName, '=', ';;;', 'other=%', `%=${cookieName}`, `${cookieName}[]=1`, '__proto__=1'])
    expect((await me(cookie)).status, cookie).toBe(401);
});

test('S-022 whoever signs in gets a session that nobody knew before', async () => {
  const mine = await makeUser(target.context.orm, { hdts: ['Employee'] });
  const foreign = (await employee()).browser.cookie() ?? '';
  for (const before of [`${cookieName}=${'a'.repeat(40)}`, foreign]) {
    const answer = await signIn(target, mine.email, mine.password, { cookie: before });
    expect(answer.status).toBe(200);
    expect(cookieIn(answer)).not.toBe(before);
    expect((await me(before)).status).toBe(401);
    expect((await me(cookieIn(answer))).body.user.id).toBe(mine.id);
  }
});

test('S-023 the cookie is for our host, over TLS, and not for scripts', async () => {
  const { context } = target;
  const PUBLIC_URL = 'https://desk.example.com';
  const app = createApp({ ...context, config: { ...context.config, PUBLIC_URL } });
  const user = await makeUser(context.orm);
  const answer = await openBrowser(app).signIn(user, { origin: PUBLIC_URL });
  const [cookie = '', ...others] = answer.headers.getSetCookie();
  expect(others).toEqual([]);
  const [pair = '', ...flags] = cookie.split('; ');
  expect(pair).toMatch(/^__Host-tickets-session=[a-z0-9]{40}$/);
  expect(flags.toSorted()).toEqual(['HttpOnly', 'Max-Age=7200', 'Path=/', 'SameSite=Lax', 'Secure']);
});

test('S-024 after sign-out a copy of the cookie opens nothing', async () => {
  const cookie = (await employee()).browser.cookie() ?? '';
  const answer = await ask(target, { method: 'POST', path: '/api/auth/sign-out', as: cookie });
  expect(answer.status).toBe(204);
  expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^tickets-session-8000=; .*Max-Age=0/)]);
  expect((await me(cookie)).status).toBe(401);
  expect((await ask(target, { method: 'POST', path: '/api/auth/sign-out', as: cookie })).status).toBe(401);
});

test('S-026 what is taken from a person is gone with their very next request', async () => {
  const ends = [
    (id: number) => changeUser(fork(), id, { isActive: false }),
    (id: number) => changeUser(fork(), id, { status: 'rejected' }),
    (id: number) => setPassword(fork(), id, 'another horse'),
    (id: number) => sessionsOf(fork(), target.origin).endAllOf(id),
  ];
  for (const end of ends) {
    const user = await makeUser(target.context.orm, { hdts: ['Employee'] });
    const cookies = [cookieIn(await signIn(target, user.email)), cookieIn(await signIn(target, user.email))];
    for (const cookie of cookies) expect((await me(cookie)).status).toBe(200);
    await end(user.id);
    for (const cookie of cookies) expect((await me(cookie)).status).toBe(401);
  }
  const { id, browser } = await makeActor(target, { tts: ['Asset Manager'] });
  const list = async () => (await ask(target, { path: '/api/tracking/tasks', as: { browser } })).status;
  const role = { userId: id, system: 'tts', role: 'asset_manager' } as const;
  expect(await list()).toBe(200);
  await revokeRole(fork(), role);
  expect(await list()).toBe(403);
  await assignRole(fork(), role);
  expect(await list()).toBe(200);
});

test('S-027 a session ends when nobody uses it, and after a working day however busy it is', async () => {
  const pass = (minutes: number) =>
    sql(
      target,
      `update auth.session set created_at = created_at - interval '${minutes} minutes',
         expires_at = expires_at - interval '${minutes} minutes'`,
    );
  const idle = (await employee()).browser.cookie() ?? '';
  await pass(119);
  expect((await me(idle)).status).toBe(200);
  await pass(121);
  expect((await me(idle)).status).toBe(401);

  const busy = (await employee()).browser.cookie() ?? '';
  const hours: number[] = [];
  for (let half = 1; half <= 21; half += 1) {
    await pass(30);
    if ((await me(busy)).status === 200) hours.push(half / 2);
  }
  expect(hours).toEqual(Array.from({ length: 19 }, (_, index) => (index + 1) / 2));
});

test('S-028 a session that ends while it is being prolonged stays ended', async () => {
  const { id } = await employee();
  const sessions = () => sessionsOf(fork(), target.origin);
  const tokens = await Promise.all(Array.from({ length: 200 }, async () => (await sessions().create(id)).token));
  // Less than half of its time is left: every use prolongs it.
  await sql(target, `update auth.session set expires_at = now() + interval '20 minutes'`);
  await Promise.all(tokens.flatMap((token) => [sessions().validate(token), sessions().end(token)]));
  for (const token of tokens) expect(await sessions().validate(token)).toBeNull();
  expect((await me(`${cookieName}=${tokens[0]}`)).status).toBe(401);
});

test('S-030 two tokens, and one that is no cookie, are nobody’s; a cookie without a token does not count', async () => {
  const mine = (await employee()).browser.cookie() ?? '';
  const other = (await employee()).browser.cookie() ?? '';
  expect((await me(`theme=dark; ${mine}; lang=en`)).status).toBe(200);
  for (const cookie of [`${mine}; ${other}`, `${other}; ${mine}`, `${mine}x`, `x${mine}`])
    expect((await me(cookie)).status, cookie).toBe(401);
  for (const cookie of [
    `${other}; ${cookieName}=x`,
    `${cookieName}=; ${other}`,
    `session=x; ${other}`,
    `${other}; ${other}`,
  ])
    expect((await me(cookie)).status, cookie).toBe(200);
  expect((await me(`${'x'.repeat(8_000)}=1`)).status).toBe(401);
  const bytes = (cookie: string) =>
    `GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: ${cookie}\r\n\r\n`;
  expect(statusIn(await say(target.port, bytes(`${mine}\x01`)))).toBe(400);
  expect(statusIn(await say(target.port, bytes(`${mine}; x=${'x'.repeat(20_000)}`)))).toBe(431);
});
