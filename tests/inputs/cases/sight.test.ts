import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, laptopForm, makeActor, submit } from '../../factories.ts';
import { ask } from '../contract.ts';
import { openTarget, type Target } from '../target.ts';
import { statementsOf } from './fixture.ts';

let target: Target;
let employee: Actor;
let other: Actor;

const tickets = '/api/helpdesk/tickets';

beforeAll(async () => {
  target = await openTarget();
  employee = await makeActor(target, { hdts: ['Employee'] });
  other = await makeActor(target, { hdts: ['Employee'] });
});
afterAll(() => target.close());

const form = (subject: string) => ({ ...laptopForm, subject, description: `All about a ${subject}` });

/** What somebody sees of the lists, in every way to look at them. */
const sights = async (as: Actor, foreign: string[]) => {
  const paths = [
    tickets,
    `${tickets}?scope=all`,
    `${tickets}?scope=all&limit=1`,
    `${tickets}?scope=all&status=new&category=asset_check_out`,
    `${tickets}/counts`,
    `${tickets}/counts?scope=all`,
    ...['-submitted', 'submitted', '-changed', 'changed', 'best'].map((sort) => `${tickets}?scope=all&sort=${sort}`),
    ...['zebra', 'zebrq', 'gnu', 'about', ...foreign].map((q) => `${tickets}?scope=all&q=${q}`),
    '/api/notifications',
  ];
  const bodies: unknown[] = [];
  for (const path of paths) bodies.push({ path, body: (await ask(target, { path, as })).body });
  return bodies;
};

test('S-051 tickets that one may not see change nothing in what one sees', async () => {
  await submit(employee, form('zebra crossing'));
  await submit(employee, form('gnu herd'));
  const digits = ['000003', '000004', '000'];
  const before = await sights(employee, digits);
  // Nearer to "zebrq" than "zebra" is, or as near: somebody else's words must not take the place of one's own.
  for (const subject of ['zebrq crossing', 'zebrqa', 'zebrqs', 'gnu herd', 'zebrq zebrqq'])
    await submit(other, form(subject));
  expect(await sights(employee, digits)).toEqual(before);
  const found = (await ask(target, { path: `${tickets}?q=zebrq`, as: employee })).body.items;
  expect(found.map((row: { subject: string }) => row.subject)).toEqual(['zebra crossing']);
});

test('S-054 a ticket that one may not see is as good as none', async () => {
  const foreign = await submit(other);
  const none = `TX20200101${foreign.slice(10)}`;
  const visible = async (asked: Omit<Parameters<typeof ask>[1], 'as'>) => {
    const { status, headers, body } = await ask(target, { ...asked, as: employee });
    const kept = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
    const text = JSON.stringify({ ...body, requestId: null })
      .replaceAll(foreign, '#')
      .replaceAll(none, '#');
    return { status, headers: kept, text };
  };
  const ways: [suffix: string, json?: object][] = [
    [''],
    ['/withdraw', { version: 0, reason: 'No longer.' }],
    ['/withdraw', { version: 7, reason: 'No longer.' }],
    ['/close', { version: 0 }],
    ['/open', { version: 0, priority: 'low', department: 'it' }],
    ['/reject', { version: 0, reason: 'Not now.' }],
  ];
  for (const [suffix, json] of ways) {
    const [there, absent] = [foreign, none].map((number) => ({ path: `${tickets}/${number}${suffix}`, json }));
    if (!there || !absent) continue;
    expect(await visible(there), suffix).toEqual(await visible(absent));
    const work = ({ path }: { path: string }) =>
      statementsOf(target, () => (json ? employee.browser.post(path, json) : employee.browser.get(path)));
    expect(await work(there), suffix).toEqual(await work(absent));
  }
});

test('S-059 the key of somebody else’s submission is as good as new', async () => {
  const key = 'one-key-of-two-people';
  const secret = await submit(other, form('secret project'), key);
  const mine = await submit(employee, form('printer paper'), key);
  expect(mine).not.toBe(secret);
  const again = { path: tickets, json: form('another printer'), as: employee, headers: { 'idempotency-key': key } };
  const answer = await ask(target, again);
  expect(answer).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
  expect(JSON.stringify(answer.body)).not.toContain(secret);
  expect(await submit(employee, form('printer paper'), key)).toBe(mine);
});
