import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { makeUser, testPassword } from '../../../api/auth/people.fixture.ts';
import { changeUser, createUser, setPassword } from '../../../api/auth/users.service.ts';
import { openBrowser } from '../../../api/http/browser.fixture.ts';
import { withoutEffect } from '../effect.ts';
import { openTarget, type Target } from '../target.ts';
import { cookieIn, forgetTries, signIn, sql, statementsOf } from './fixture.ts';

// Real hashes, but counted.
vi.mock('@node-rs/argon2', { spy: true });

let target: Target;
const fork = () => target.context.orm.em.fork();
const person = (facts: Parameters<typeof makeUser>[2] = {}) =>
  makeUser(target.context.orm, { hdts: ['Employee'] }, facts);

beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => forgetTries(target));

const switchedOff = async () => {
  const user = await person();
  await changeUser(fork(), user.id, { isActive: false });
  return user;
};

/** Everybody who is not let in, by what is wrong. */
const refused = async (): Promise<[what: string, email: string, password: string][]> => {
  const off = await switchedOff();
  const pending = await person({ status: 'pending' });
  return [
    ['wrong password', (await person()).email, 'wrong horse'],
    ['unknown', 'nobody@example.com', testPassword],
    ['switched off, right password', off.email, testPassword],
    ['switched off, wrong password', off.email, 'wrong horse'],
    ['not approved yet, right password', pending.email, testPassword],
    ['rejected', (await person({ status: 'rejected' })).email, testPassword],
    ['without a password', (await person({ passwordHash: undefined })).email, testPassword],
  ];
};

/** All that a refused stranger can see, but for what differs from request to request. */
const visible = async (email: string, password: string) => {
  const { status, headers, body } = await withoutEffect(target, () => signIn(target, email, password));
  const kept = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return { status, headers: kept, body: { ...body, requestId: null } };
};

test('S-001 the right password opens a session whose token is in the cookie only', async () => {
  const { id, email } = await person();
  const answer = await signIn(target, email);
  expect(answer).toMatchObject({ status: 200, body: { user: { id, email } } });
  const [, token = ''] = cookieIn(answer).split('=');
  expect(token).toMatch(/^[a-z0-9]{40}$/);
  expect(JSON.stringify(answer.body)).not.toContain(token);
});

test('S-002 a wrong password is refused', async () => {
  const { email } = await person();
  const answer = await withoutEffect(target, () => signIn(target, email, 'wrong horse'));
  expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('S-003 an unknown account gets the answer of a wrong password, to the letter', async () => {
  const { email } = await person();
  expect(await visible('nobody@example.com', testPassword)).toEqual(await visible(email, 'wrong horse'));
});

test('S-004 an account that may not sign in gets the same answer, with the right password, too', async () => {
  const wrong = await visible((await person()).email, 'wrong horse');
  for (const [what, email, password] of await refused()) expect(await visible(email, password), what).toEqual(wrong);
});

test('S-006 whoever is refused has cost the same work: one hash and the same statements', async () => {
  const costs = [];
  for (const [what, email, password] of await refused()) {
    await forgetTries(target);
    vi.mocked(verify).mockClear();
    const statements = await statementsOf(target, () => openBrowser(target.app).signIn({ email, password }));
    const hashes = vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$'));
    costs.push({ what, hashes, statements });
  }
  const [first] = costs;
  expect(first?.hashes).toHaveLength(1);
  expect(first?.statements.length).toBeGreaterThan(0);
  for (const cost of costs) expect(cost).toEqual({ ...first, what: cost.what });
});

test('S-010 passwords of every length and script count to their last letter', async () => {
  const { id, email } = await person();
  const start = 'x'.repeat(72);
  const good = [`${start}a`, '  spaces   count ', 'пароль 密码 🔑🐎', 'ﬁne 2½ Ω', 'y'.repeat(128)];
  for (const password of good) {
    await setPassword(fork(), id, password);
    expect((await signIn(target, email, password)).status, password).toBe(200);
  }
  await setPassword(fork(), id, `${start}a`);
  const wrong = [`${start}b`, start, `${start}a `, `${start}a\0`, `\0${start}a`, `${start.toUpperCase()}a`];
  for (const password of wrong) {
    await forgetTries(target);
    expect((await signIn(target, email, password)).status, JSON.stringify(password)).toBe(401);
  }
  for (const password of ['', 'z'.repeat(129), 'z'.repeat(100_000)])
    expect((await signIn(target, email, password)).status).toBe(400);
  expect((await signIn(target, email, 'z'.repeat(1_000_000))).status).toBe(413);
});

test('S-020 one address in another spelling is the same account or none', async () => {
  const { id, email } = await person({ email: 'jose.kim@example.com' });
  for (const same of ['Jose.Kim@Example.COM', '  jose.kim@example.com ', 'jose.\u212Aim@example.com']) {
    expect(await signIn(target, same), same).toMatchObject({ status: 200, body: { user: { id, email } } });
    expect(await createUser(fork(), { email: same, username: 'other', firstName: 'O', lastName: 'O' })).toEqual({
      id,
      created: false,
    });
  }
  const users = 'select count(*)::int as users from auth."user"';
  const [before] = await sql(target, users);
  const others = [
    'ｊose.kim@example.com',
    'josé.kim@example.com',
    'jose\u0301.kim@example.com',
    'jose.kİm@example.com',
  ];
  for (const other of [...others, 'jose.k\u200Bim@example.com', 'jose.kim@example。com', 'jose.kim@еxample.com']) {
    expect((await signIn(target, other)).status, other).toBe(400);
    const made = createUser(fork(), { email: other, username: 'other', firstName: 'O', lastName: 'O' });
    await expect(made, other).rejects.toThrow();
  }
  expect(await sql(target, users)).toEqual([before]);
});

test('S-094 an address is one mailbox and nothing else', async () => {
  const addresses = [
    '"a@evil.test x"@example.com',
    'a@example.com,b@evil.test',
    'a@example.com b@evil.test',
    '<a@example.com>\r\nRCPT TO:<x@evil.test>',
    'a@example.com\r\nBcc: x@evil.test',
    'a@example.com\0',
    'a(x)@example.com',
    'A <a@example.com>',
    'a@[127.0.0.1]',
    'a@example.com>',
    'a@exаmple.com',
  ];
  for (const email of addresses) {
    const answer = await withoutEffect(target, () => signIn(target, email));
    expect(answer, email).toMatchObject({ status: 400, body: { errors: [{ path: 'email' }] } });
    const made = createUser(fork(), { email, username: 'other', firstName: 'O', lastName: 'O' });
    await expect(made, email).rejects.toThrow('This is not an e-mail address.');
  }
});
