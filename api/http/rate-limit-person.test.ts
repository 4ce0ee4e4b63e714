import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, openDesk } from '../../tests/desk.ts';
import { type Actor, laptopForm, makeActor, submit } from '../../tests/factories.ts';
import { createApp } from '../app.ts';
import { type Browser, openBrowser } from './browser.fixture.ts';

const limits = { SUBMISSIONS_PER_MINUTE: 3, SEARCHES_PER_MINUTE: 2, COMMANDS_PER_MINUTE: 2 };

let desk: Desk;
let ann: Actor;
let bob: Actor;
beforeAll(async () => {
  desk = await openDesk(limits);
});
afterAll(() => desk.close());
beforeEach(async () => {
  const roles = { hdts: ['Employee', 'Ticket Coordinator'], tts: ['Admin'] };
  ann = await makeActor(desk, roles);
  bob = await makeActor(desk, roles);
});

const path = '/api/helpdesk/tickets';
const send = ({ browser }: Pick<Actor, 'browser'>, key: string = randomUUID()) =>
  browser.post(path, laptopForm, { 'idempotency-key': key });
const execute = (text: string, values: unknown[] = []) => desk.context.orm.em.fork().execute(text, values);
const ticketsOf = (actor: Actor) => execute('select number from helpdesk.ticket where requester_id = ?', [actor.id]);

/** The same session at another API process, which has a memory of its own. */
const elsewhere = ({ browser }: Actor): { browser: Browser } => {
  const other = openBrowser(createApp(desk.context));
  const cookie = browser.cookie() ?? '';
  return { browser: { ...other, post: (at, body, headers = {}) => other.post(at, body, { ...headers, cookie }) } };
};

describe('submissions', () => {
  test('over the limit are refused in a sentence with the time to wait, and nothing is kept of them', async () => {
    for (let some = 0; some < 3; some += 1) await submit(ann);
    const answer = await send(ann);
    expect(answer).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    const wait = Number(answer.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(answer.body.detail).toMatch(
      /^You may submit 3 tickets in a minute\. The next one can be sent in \d+ seconds\.$/,
    );
    expect(await ticketsOf(ann)).toHaveLength(3);
  });

  test('of others go on', async () => {
    await Promise.all(Array.from({ length: 5 }, () => send(ann)));
    expect((await send(bob)).status).toBe(201);
  });

  test('at the same moment do not slip through', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(ann)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(3).fill(201), ...Array(9).fill(429)]);
    expect(await ticketsOf(ann)).toHaveLength(3);
  });

  test('sent again are no further ones, before the limit and beyond it', async () => {
    const key = randomUUID();
    const first = await send(ann, key);
    for (let some = 0; some < 5; some += 1) expect((await send(ann, key)).body).toEqual(first.body);
    for (let some = 0; some < 2; some += 1) expect((await send(ann)).status).toBe(201);
    expect((await send(ann)).status).toBe(429);
    expect(await send(ann, key)).toMatchObject({ status: 201, body: first.body });
  });

  test('are counted by all processes together, until their minute is over', async () => {
    for (let some = 0; some < 3; some += 1) await submit(ann);
    expect((await send(elsewhere(ann))).status).toBe(429);
    await execute('update auth.rate_limit set expire = expire - 60000');
    expect((await send(ann)).status).toBe(201);
  });
});

test('searches over the limit are refused on every list that can be searched, and its pages without a search are not', async () => {
  const { body } = await ann.browser.get('/openapi.json');
  const searchable = Object.entries<{ get?: { parameters?: { name: string }[] } }>(body.paths)
    .filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'q'))
    .map(([at]) => at);
  expect(searchable.length).toBeGreaterThanOrEqual(2);
  for (const at of searchable) {
    const { browser } = await makeActor(desk, { hdts: ['Ticket Coordinator'], tts: ['Admin'] });
    for (let some = 0; some < 2; some += 1) expect((await browser.get(`${at}?q=laptop`)).status, at).toBe(200);
    const refused = await browser.get(`${at}?q=laptop`);
    expect(refused, at).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(refused.body.detail).toMatch(/^You may search 2 times in a minute\. Search again in \d+ seconds\.$/);
    expect((await browser.get(at)).status, at).toBe(200);
  }
});

test('commands over the limit are refused, whatever they are sent to', async () => {
  const withdraw = () => bob.browser.post(`${path}/TX20200101000000/withdraw`, { version: 0, reason: 'Not needed.' });
  const take = () => bob.browser.post('/api/tracking/tasks/TX20200101000000/take', { version: 0 });
  expect((await withdraw()).status).toBe(404);
  expect((await take()).status).toBe(404);
  for (const one of [withdraw, take]) {
    const answer = await one();
    expect(answer).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(answer.body.detail).toMatch(/^You may act 2 times in a minute\. Do it again in \d+ seconds\.$/);
  }
});

test('no request waits for the disk to count: the table is unlogged', async () => {
  const [table] = await execute(`select relpersistence from pg_class where oid = 'auth.rate_limit'::regclass`);
  expect(table).toEqual({ relpersistence: 'u' });
});
