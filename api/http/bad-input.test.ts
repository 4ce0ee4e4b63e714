import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk } from '../../tests/desk.ts';
import { laptopForm, makeActor } from '../../tests/factories.ts';
import type { Browser } from './browser.fixture.ts';

interface Parameter {
  name: string;
  schema: { type?: string };
}

let desk: Desk;
let browser: Browser;

beforeAll(async () => {
  desk = await openDesk();
  ({ browser } = await makeActor(desk, { hdts: ['Ticket Coordinator'], tts: ['Admin'] }));
});
afterAll(() => desk.close());

const helpdesk = '/api/helpdesk/tickets';
const ticket = `${helpdesk}/TX20200101000000`;
const tracking = '/api/tracking/tasks';
const task = `${tracking}/TX20200101000000`;
const notifications = '/api/notifications';
const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a list refuses with 400', () => {
  test.each([
    [`${helpdesk}?scope=everything`, 'scope'],
    [`${helpdesk}?status=new,lost`, 'status.1'],
    [`${helpdesk}?status=`, 'status.0'],
    [`${helpdesk}?status=new&status=open`, 'status'],
    [`${helpdesk}?category=support`, 'category.0'],
    [`${helpdesk}?priority=urgent`, 'priority.0'],
    [`${helpdesk}?sort=subject`, 'sort'],
    [`${helpdesk}?limit=0`, 'limit'],
    [`${helpdesk}?limit=101`, 'limit'],
    [`${helpdesk}?limit=ten`, 'limit'],
    [`${helpdesk}?limit=1.5`, 'limit'],
    [`${helpdesk}?q=%20`, 'q'],
    [`${helpdesk}?q=${'x'.repeat(501)}`, 'q'],
    [`${helpdesk}?q=%00`, 'q'],
    [`${helpdesk}?q=a%00b`, 'q'],
    [`${helpdesk}?orderBy=id`, 'orderBy'],
    [`${helpdesk}/counts?scope=others`, 'scope'],
    [`${helpdesk}/counts?status=lost`, 'status.0'],
    [`${tracking}?queue=theirs`, 'queue'],
    [`${tracking}?show=hidden`, 'show'],
    [`${tracking}?status=lost`, 'status.0'],
    [`${tracking}?category=support`, 'category'],
    [`${tracking}?priority=urgent`, 'priority'],
    [`${tracking}?role=${'x'.repeat(65)}`, 'role'],
    [`${tracking}?role=a%00b`, 'role'],
    [`${tracking}?assignee=me`, 'assignee'],
    [`${tracking}?assignee=0`, 'assignee'],
    [`${tracking}?q=a%00b`, 'q'],
    [`${tracking}?sort=name`, 'sort'],
    [`${tracking}?limit=-1`, 'limit'],
    [`${tracking}?limit=101`, 'limit'],
    [`${tracking}?order=id`, 'order'],
    [`${notifications}?show=mine`, 'show'],
    [`${notifications}?limit=0`, 'limit'],
    [`${notifications}?userId=1`, 'userId'],
    ...[helpdesk, tracking, notifications].flatMap((path) => [
      [`${path}?cursor=%21%21`, 'cursor'],
      [`${path}?cursor=${'x'.repeat(301)}`, 'cursor'],
      [`${path}?cursor=${cursor({ id: 1 })}`, 'cursor'],
      [`${path}?cursor=${cursor(['yesterday', 'x'])}`, 'cursor'],
      [`${path}?cursor=${cursor(['+275760-09-13T00:00:00.001Z', 1])}`, 'cursor'],
      [`${path}?cursor=${cursor([7, { $gt: 0 }])}`, 'cursor'],
      [`${path}?cursor=${cursor([null, 'a\u0000b'])}`, 'cursor'],
    ]),
    [`${helpdesk}?cursor=${cursor([null, 1])}`, 'cursor'],
    [`${helpdesk}?cursor=${cursor(['2026-11-23T08:00:00.000Z', 'TX20261123004098'])}`, 'cursor'],
    [`${tracking}?cursor=${cursor(['2026-11-23T08:00:00.000Z', 7])}`, 'cursor'],
    [`${notifications}?cursor=${cursor([null, 'TX20261123004098'])}`, 'cursor'],
    [`${notifications}?cursor=${cursor([null, 1.5])}`, 'cursor'],
  ])('%s', async (url, path) => {
    const answer = await browser.get(url);
    expect(answer.status, JSON.stringify(answer.body)).toBe(400);
    expect(answer.body.code).toBe('invalid_input');
    expect(answer.body.errors?.map((error: { path: string }) => error.path)).toEqual([path]);
  });
});

test('every number in an address is written in plain digits', async () => {
  const { body } = await browser.get('/openapi.json');
  const numbers = Object.entries<Record<string, { parameters?: Parameter[] }>>(body.paths).flatMap(([path, methods]) =>
    (methods.get?.parameters ?? [])
      .filter(({ schema }) => schema.type === 'integer')
      .map(({ name }) => ({ path, name })),
  );
  expect(numbers.map(({ name }) => name)).toEqual(expect.arrayContaining(['limit', 'requester']));
  for (const { path, name } of numbers) {
    const put = (value: string): string => {
      const at = path.replace(`{${name}}`, value).replace('{number}', 'TX20200101000000');
      return path.includes(`{${name}}`) ? at : `${at}?${name}=${value}`;
    };
    for (const odd of ['-0', '0x10', '1e1', '%2B5', '05', '%205', '5.0', '']) {
      const answer = await browser.get(put(odd));
      expect(answer, put(odd)).toMatchObject({ status: 400, body: { errors: [{ path: name }] } });
    }
    expect((await browser.get(put('5'))).status, put('5')).not.toBe(400);
  }
});

describe('a path that is no ticket number is refused with 400', () => {
  test.each(['1', 'tx20200101000000', 'TX2020010100000', 'TX202001010000000', 'TX20200101000000%00', '%27%20or%201'])(
    '%s',
    async (number) => {
      for (const path of [`${helpdesk}/${number}`, `${tracking}/${number}`]) {
        const answer = await browser.get(path);
        expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
        expect(answer.body.errors[0]).toEqual({
          path: 'number',
          message: 'A ticket number looks like TX20261123004098.',
        });
      }
    },
  );
});

const open = { version: 0, priority: 'high', department: 'it' };
const reasoned = { version: 0, reason: 'Twice the same.' };
const action = { version: 0, transition: 'submit', note: 'All in order.' };
const route = { version: 0, workflowVersionId: 1 };

const commands: [path: string, good: Record<string, unknown>, bad: Record<string, unknown>, errors: string[]][] = [
  ...[
    [`${ticket}/open`, open] as const,
    [`${ticket}/reject`, reasoned] as const,
    [`${ticket}/withdraw`, reasoned] as const,
    [`${ticket}/close`, { version: 0 }] as const,
    [`${task}/act`, action] as const,
    [`${task}/take`, { version: 0 }] as const,
    [`${task}/route`, route] as const,
  ].flatMap(([path, good]): [string, Record<string, unknown>, Record<string, unknown>, string[]][] => [
    [path, good, { version: undefined }, ['version']],
    [path, good, { version: '0' }, ['version']],
    [path, good, { version: 0.5 }, ['version']],
    [path, good, { version: -1 }, ['version']],
    [path, good, { version: 1e300 }, ['version']],
    [path, good, { actorId: 1 }, ['actorId']],
    [path, good, { kind: 'close' }, ['kind']],
  ]),
  [`${ticket}/open`, open, { priority: 'urgent' }, ['priority']],
  [`${ticket}/open`, open, { priority: undefined }, ['priority']],
  [`${ticket}/open`, open, { department: 'hr' }, ['department']],
  [`${ticket}/open`, open, { department: null }, ['department']],
  ...[`${ticket}/reject`, `${ticket}/withdraw`].flatMap(
    (path): [string, Record<string, unknown>, Record<string, unknown>, string[]][] => [
      [path, reasoned, { reason: undefined }, ['reason']],
      [path, reasoned, { reason: ' ab ' }, ['reason']],
      [path, reasoned, { reason: '😀'.repeat(501) }, ['reason']],
      [path, reasoned, { reason: 'A NUL \u0000 in it' }, ['reason']],
      [path, reasoned, { reason: ['No longer needed'] }, ['reason']],
    ],
  ),
  [`${task}/act`, action, { transition: undefined }, ['transition']],
  [`${task}/act`, action, { transition: '' }, ['transition']],
  [`${task}/act`, action, { transition: 'x'.repeat(65) }, ['transition']],
  [`${task}/act`, action, { note: 'no' }, ['note']],
  [`${task}/act`, action, { note: 'x'.repeat(501) }, ['note']],
  [`${task}/act`, action, { note: 'Half an emoji \ud83d' }, ['note']],
  [`${task}/route`, route, { workflowVersionId: '1' }, ['workflowVersionId']],
  [`${task}/route`, route, { workflowVersionId: 0 }, ['workflowVersionId']],
  [`${task}/route`, route, { workflowVersionId: undefined }, ['workflowVersionId']],
  [`${notifications}/read`, { ids: [] }, { ids: [0] }, ['ids.0']],
  [`${notifications}/read`, { ids: [] }, { ids: ['1'] }, ['ids.0']],
  [`${notifications}/read`, { ids: [] }, { ids: Array(101).fill(1) }, ['ids']],
  [`${notifications}/read`, { ids: [] }, { all: true }, ['all']],
];

test.each(commands)('POST %s with %j and then %j is refused with 400', async (path, good, bad, errors) => {
  const answer = await browser.post(path, { ...good, ...bad });
  expect(answer.status, JSON.stringify(answer.body)).toBe(400);
  expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(errors);
});

describe('a submission is refused with 400', () => {
  const submit = (body: unknown, headers: Record<string, string>) => browser.post(helpdesk, body, headers);

  test.each([
    ['no key', {}],
    ['an empty key', { 'idempotency-key': '' }],
    ['a short key', { 'idempotency-key': 'seven77' }],
    ['a long key', { 'idempotency-key': 'x'.repeat(129) }],
    ['spaces in its key', { 'idempotency-key': 'not one word' }],
  ])('with %s, and says which header', async (_what, headers) => {
    const answer = await submit(laptopForm, headers);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'idempotency-key' }] } });
  });

  test.each(['', 'null', '[]', '"x"', '{', '{"category":"asset_check_out"', '{"category":"asset_check_out"}'])(
    'with the body %j',
    async (body) => {
      const answer = await submit(body, { 'idempotency-key': randomUUID() });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    },
  );

  test('with what the form refuses, and names each field', async () => {
    const wrong = {
      ...laptopForm,
      subject: 'No',
      serial: 'PR-2024-001',
      expectedReturnDate: '2020-01-01',
      status: 'new',
    };
    const answer = await submit(wrong, { 'idempotency-key': randomUUID() });
    expect(answer.status).toBe(400);
    const paths = answer.body.errors.map((error: { path: string }) => error.path);
    expect(paths.toSorted()).toEqual(['expectedReturnDate', 'serial', 'status', 'subject']);
  });

  test('and leaves nothing behind', async () => {
    expect((await browser.get(`${helpdesk}?scope=all`)).body).toMatchObject({ items: [], total: { count: 0 } });
  });
});

test('what is not JSON is refused with 415, and what is too large with 413', async () => {
  const key = { 'idempotency-key': randomUUID() };
  expect((await browser.post(helpdesk, 'subject=x', { ...key, 'content-type': 'text/plain' })).status).toBe(415);
  const large = { ...laptopForm, description: 'x'.repeat(300_000) };
  expect((await browser.post(helpdesk, large, { ...key, 'content-length': '300200' })).status).toBe(413);
});
