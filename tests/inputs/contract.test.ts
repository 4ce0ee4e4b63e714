import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './contract.ts';
import { withoutEffect } from './effect.ts';
import { runCampaign } from './generator/campaign.ts';
import { makeCast } from './generator/cast.ts';
import { readOperations } from './generator/document.ts';
import { randomOf } from './generator/random.ts';
import { faultsOf } from './rules.ts';
import { openTarget, type Target } from './target.ts';
import type { Received, Sent } from './wire.ts';

// Tests of the tests: each kind of fault is planted once and has to be found.

const requestId = randomUUID();

const sent: Sent = { method: 'POST', target: '/api/x?q=at', headers: [], body: Buffer.from('{"subject":"select 1"}') };

const good = {
  type: 'about:blank',
  title: 'Not possible now',
  status: 409,
  code: 'not_allowed',
  detail: 'The ticket is closed.',
  requestId,
};

const headers = {
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-request-id': requestId,
};

const received = (body: object, changed: Record<string, string> = {}, status = 409): Received => ({
  status,
  headers: new Headers(Object.entries({ ...headers, ...changed }).filter(([, value]) => value !== '')),
  text: JSON.stringify(body),
});

describe('the contract', () => {
  test('is kept by an answer with all that it needs', () => {
    expect(faultsOf(sent, received(good))).toEqual([]);
  });

  test('lets an answer repeat what the caller has said', () => {
    expect(faultsOf(sent, received({ ...good, detail: 'There is nothing like select 1.' }))).toEqual([]);
  });

  test.each<[what: string, answer: Received, fault: RegExp]>([
    ['another type', received(good, { 'content-type': 'application/json' }), /content type is application\/json/],
    ['no detail', received({ ...good, detail: undefined }), /no problem/],
    ['a member that nobody knows', received({ ...good, hint: 'x' }), /no problem/],
    ['another status in its body', received({ ...good, status: 400 }), /body says 400/],
    ['a code of another status', received({ ...good, code: 'not_found', title: 'Not found' }), /belongs to 404/],
    ['a code that nobody knows', received({ ...good, code: 'oops' }), /none of ours/],
    ['another title', received({ ...good, title: 'Oops' }), /title of not_allowed/],
    ['the id of another request', received({ ...good, requestId: randomUUID() }), /not that of X-Request-Id/],
    [
      '429 without a time to wait',
      received({ ...good, status: 429, code: 'rate_limited', title: 'Too many tries' }, {}, 429),
      /no Retry-After/,
    ],
    ['500', received({ ...good, status: 500, code: 'internal', title: 'Something failed' }, {}, 500), /^It is 500/],
    ['no nosniff', received(good, { 'x-content-type-options': '' }), /x-content-type-options/],
    ['no policy', received(good, { 'content-security-policy': '' }), /content-security-policy/],
    ['leave to keep it', received(good, { 'cache-control': 'public' }), /cache-control/],
    ['the server’s name', received(good, { server: 'x' }), /header server/],
    ['the framework’s name', received(good, { 'x-powered-by': 'x' }), /header x-powered-by/],
    ['a stack frame', received({ ...good, detail: new Error('x').stack }), /a stack frame/],
    ['a package', received({ ...good, detail: 'in node_modules/x' }), /node_modules/],
    ['a path', received({ ...good, detail: 'no such file: /home/app/x' }), /a file path/],
    ['a statement', received({ ...good, detail: 'insert into "helpdesk"."ticket" failed' }), /SQL/],
    ['an SQLSTATE', received({ ...good, detail: 'failed with 22P05' }), /an SQLSTATE/],
    ['a constraint', received({ ...good, detail: 'violates ticket_number_unique' }), /a constraint/],
    ['the engine', received({ ...good, detail: 'Temporal is away' }), /Temporal/],
    ['a run', received({ ...good, detail: `run ${randomUUID()}` }), /an id that is not/],
    ['a library', received({ ...good, detail: 'ZodError' }), /a library/],
    ['a version', received({ ...good, detail: 'x 7.2.1' }), /a version/],
    ['a statement in a good answer', received({ items: ['from helpdesk.ticket'] }, {}, 200), /SQL/],
  ])('is broken by %s', (_what, answer, fault) => {
    expect(faultsOf(sent, answer).join('\n')).toMatch(fault);
  });
});

describe('a trace', () => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  const run = (statement: string) => target.context.orm.em.fork().execute(statement);
  const insert = `insert into messaging.note (ticket_number, author_id, text) values ('TX20200101000000', 1, 'x')`;

  test('is not left by a request that is refused', async () => {
    const answer = await withoutEffect(target, () => ask(target, { path: '/api/helpdesk/tickets', json: {} }));
    expect(answer.status).toBe(401);
  });

  test.each([
    ['a row more', insert, /messaging.note had 0 rows and has 1/],
    ['another value', `update messaging.note set text = 'y'`, /messaging.note holds other values/],
    ['a row less', `delete from messaging.note`, /messaging.note had 1 rows and has 0/],
  ])('is found when it is %s', async (_what, statement, words) => {
    await expect(withoutEffect(target, () => run(statement))).rejects.toThrow(words);
  });

  test('is found in a table that did not exist when this was written', async () => {
    await run('create schema newer; create table newer.thing (id int)');
    await expect(withoutEffect(target, () => run('insert into newer.thing values (1)'))).rejects.toThrow(/newer.thing/);
  });
});

describe('the generator', () => {
  let planted: Target;
  beforeAll(async () => {
    planted = await openTarget({}, 'tests/inputs/planted-api.ts');
  });
  afterAll(() => planted.close());

  const campaignAt = async (name: string, count: number) => {
    const operations = await readOperations((asked) => ask(planted, asked));
    const operation = operations.find(({ path }) => path === `/api/planted/${name}`);
    if (!operation) throw new Error(`There is no planted route ${name}`);
    const cast = await makeCast(planted, {});
    return runCampaign({ target: planted, cast, operations, random: randomOf(1), count, openings: 1 }, operation);
  };

  test('finds nothing where nothing is wrong', async () => {
    expect(await campaignAt('nothing', 150)).toMatchObject({ failures: [], sent: 150 });
  });

  test.each([
    ['tells a stack', 'leaks', /It tells a stack frame/],
    ['writes before it refuses', 'writes', /It was refused, and yet messaging.note had/],
    ['throws', 'throws', /It is 500/],
    ['takes fields that it does not know', 'forgives', /with \w+: It was answered 200 and must be refused/],
  ])('finds a route that %s', async (_what, name, words) => {
    const { failures } = await campaignAt(name, 60);
    expect(failures.join('\n')).toMatch(words);
    expect(failures.join('\n')).toMatch(/Request: "POST \/api\/planted/);
  });

  test('finds a route that blocks all others', async () => {
    await planted.api.condition();
    await campaignAt('blocks', 0);
    expect((await planted.api.condition()).longestTurn).toBeGreaterThan(200);
  });

  test('finds a route that keeps what it was sent', async () => {
    const { rssMb } = await planted.api.condition();
    await campaignAt('keeps', 30);
    expect((await planted.api.condition()).rssMb - rssMb).toBeGreaterThan(64);
  });
});
