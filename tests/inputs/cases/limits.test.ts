import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { makeUser } from '../../../api/auth/people.fixture.ts';
import { signInLimits } from '../../../api/http/rate-limit.ts';
import { freePorts } from '../../../dev/ports.ts';
import { makeActor } from '../../factories.ts';
import { ask, sentFor } from '../contract.ts';
import { openTarget, type Target } from '../target.ts';
import { startWatchedApi } from '../watch.ts';
import { bytesOf } from '../wire.ts';
import { forgetTries, say, signIn, sql, statusIn } from './fixture.ts';

let target: Target;
const person = () => makeUser(target.context.orm, { hdts: ['Employee'] });

beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => forgetTries(target));

/** The same try from another address of this machine. */
const signInFrom = async (address: string, email: string, password: string): Promise<number> => {
  const bytes = bytesOf(sentFor(target, { path: '/api/auth/sign-in', json: { email, password } }));
  return statusIn(await say(target.port, bytes.toString('latin1'), address));
};

const statusesOf = async (tries: number, attempt: (index: number) => Promise<number>): Promise<number[]> => {
  const statuses: number[] = [];
  for (let index = 0; index < tries; index += 1) statuses.push(await attempt(index));
  return statuses;
};

test('S-007 the eleventh wrong password in a quarter of an hour is not looked at, for an unknown account alike', async () => {
  const known = await person();
  for (const email of [known.email, 'nobody@example.com']) {
    await forgetTries(target);
    const statuses = await statusesOf(10, async () => (await signIn(target, email, 'wrong horse')).status);
    expect(statuses).toEqual(Array(10).fill(401));
    const answer = await signIn(target, email);
    expect(answer, email).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(signInLimits.account.duration - 120);
    expect(seconds).toBeLessThanOrEqual(signInLimits.account.duration);
  }
});

test('S-008 whoever fails without end on an account does not lock out its owner', async () => {
  const { email, password } = await person();
  const statuses = await statusesOf(200, () => signInFrom('127.0.0.66', email, 'wrong horse'));
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
  expect(new Set(statuses.slice(10))).toEqual(new Set([429]));
  expect((await signIn(target, email, password)).status).toBe(200);
});

test('S-009 one password on a hundred accounts gets no further than twenty a minute', async () => {
  const statuses = await statusesOf(100, async (index) => (await signIn(target, `a${index}@example.com`, 'x')).status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(signInLimits.address.points);
  expect(new Set(statuses.slice(signInLimits.address.points))).toEqual(new Set([429]));
});

test('S-108 limits hold across processes and restarts, and end with their time', async () => {
  const { email, password } = await person();
  const statuses = await statusesOf(10, async () => (await signIn(target, email, 'wrong horse')).status);
  expect(statuses).toEqual(Array(10).fill(401));
  const [port = 0] = await freePorts(1);
  const api = await startWatchedApi({ ...target.context.config, PORT: port });
  onTestFinished(() => api.stop());
  const other = { ...target, port, api };
  expect((await signIn(other, email, password)).status).toBe(429);
  await sql(target, 'update auth.rate_limit set expire = expire - ?::bigint', [signInLimits.account.duration * 1000]);
  expect((await signIn(other, email, password)).status).toBe(200);
  expect((await signIn(target, email, password)).status).toBe(200);
});

test('S-110 behind a proxy that is named each person has limits of their own, and nobody gets new ones by a claim', async () => {
  const [port = 0] = await freePorts(1);
  const api = await startWatchedApi({ ...target.context.config, PORT: port, TRUSTED_PROXY: ['127.0.0.1'] });
  onTestFinished(() => api.stop());
  const behind = { ...target, port, api };
  const tryFrom = async (forwarded: string): Promise<number> =>
    (await signIn(behind, 'nobody@example.com', 'wrong horse', { 'x-forwarded-for': forwarded })).status;
  expect(await statusesOf(11, () => tryFrom('203.0.113.9'))).toEqual([...Array(10).fill(401), 429]);
  // What stands left of what the proxy wrote is the caller's own word.
  expect(await statusesOf(3, (index) => tryFrom(`198.51.100.${index}, 203.0.113.9`))).toEqual([429, 429, 429]);
  expect(await tryFrom('203.0.113.10')).toBe(401);
  // With IPv6, another address of one's own network is no other caller.
  const inOneNetwork = await statusesOf(11, (index) => tryFrom(`2001:db8:0:7::${index + 1}`));
  expect(inOneNetwork).toEqual([...Array(10).fill(401), 429]);
});

test('an address that a header claims counts for nothing', async () => {
  const { email } = await person();
  const claims = (index: number): Record<string, string | string[]> => ({
    'x-forwarded-for': [`10.0.0.${index}`, ...Array(100).fill(`<script>alert(${index})</script>`)].join(', '),
    forwarded: `for=10.0.0.${index};host=evil.test`,
    'x-real-ip': `10.0.0.${index}`,
    'cf-connecting-ip': `10.0.0.${index}`,
  });
  const attempt = async (index: number) => (await signIn(target, email, 'wrong horse', claims(index))).status;
  expect(await statusesOf(11, attempt)).toEqual([...Array(10).fill(401), 429]);
  const kept = await sql(target, 'select * from auth.rate_limit');
  expect(JSON.stringify(kept)).not.toMatch(/10\.0\.0|script/);
});

test('S-111 a rush of sign-ins holds up nobody who is in, and its line has an end', async () => {
  const { email } = await person();
  const { browser } = await makeActor(target, { hdts: ['Employee'] });
  const rush = async (): Promise<number[]> => {
    await forgetTries(target);
    let left = 250;
    const tries = Array.from({ length: left }, async (_, index) => {
      const status = await signInFrom(`127.0.1.${index + 1}`, email, 'wrong horse');
      left -= 1;
      return status;
    });
    // Whoever is in is served between the hashes, not after them.
    expect((await ask(target, { path: '/api/me', as: { browser } })).status).toBe(200);
    expect(left).toBeGreaterThan(0);
    const statuses = await Promise.all(tries);
    expect([401, 503]).toEqual(expect.arrayContaining([...new Set(statuses)]));
    return statuses;
  };
  // On a busy machine they may come in more slowly than they are looked at, and nobody has to wait.
  let statuses = await rush();
  while (!statuses.includes(503)) statuses = await rush();
  expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(50);
});
