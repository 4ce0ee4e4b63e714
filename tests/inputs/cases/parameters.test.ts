import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, laptopForm, makeActor, submit } from '../../factories.ts';
import { ask } from '../contract.ts';
import { withoutEffect } from '../effect.ts';
import { openTarget, type Target } from '../target.ts';
import { sql } from './fixture.ts';

let target: Target;
let employee: Actor;
let other: Actor;
let agent: Actor;
let mine: string;
let foreign: string;

const tickets = '/api/helpdesk/tickets';
const tasks = '/api/tracking/tasks';
const notifications = '/api/notifications';

beforeAll(async () => {
  target = await openTarget();
  employee = await makeActor(target, { hdts: ['Employee'] });
  other = await makeActor(target, { hdts: ['Employee'] });
  agent = await makeActor(target, { hdts: ['Ticket Coordinator'], tts: ['Admin'] });
  mine = await submit(employee, { ...laptopForm, subject: 'Laptop 100% charged_up a|b' });
  foreign = await submit(other, { ...laptopForm, subject: 'Laptop of another person' });
});
afterAll(() => target.close());

const get = (path: string, as: Actor = employee) => ask(target, { path, as });
const invalid = (path: string) => ({ status: 400, body: { code: 'invalid_input', errors: [{ path }] } });
const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('S-048 a number next to mine is not mine', async () => {
  expect((await get(`${tickets}/${mine}`)).status).toBe(200);
  const neighbour = (step: number) => `TX${String(Number(mine.slice(2)) + step)}`;
  for (const number of [foreign, neighbour(-1), neighbour(1), neighbour(1_000)])
    expect(await get(`${tickets}/${number}`), number).toMatchObject({ status: 404, body: { code: 'not_found' } });
  const spellings = [mine.toLowerCase(), `${mine}%20`, `%20${mine}`, `${mine}%00`, mine.slice(2), `${mine}0`];
  for (const spelling of [...spellings, `${mine},${foreign}`, '*', '%', `${foreign}%2F..%2F${mine}`])
    expect(await get(`${tickets}/${spelling}`), spelling).toMatchObject({
      status: 400,
      body: { code: 'invalid_input' },
    });
  for (const path of [`${tickets}/${mine}/../${foreign}`, `${tickets}/${mine}/%2e%2e/${foreign}`])
    expect((await get(path)).status, path).toBe(404);
});

test('S-050 a submission that names things of others is refused and links nothing', async () => {
  const names = { links: [foreign], parentId: foreign, attachmentIds: [1], mentions: [other.id], watchers: [other.id] };
  for (const [field, value] of Object.entries(names)) {
    const headers = { 'idempotency-key': `names-${field}` };
    const asked = { path: tickets, json: { ...laptopForm, [field]: value }, as: employee, headers };
    expect(await withoutEffect(target, () => ask(target, asked)), field).toMatchObject(invalid(field));
  }
});

test('S-056 nobody sets what is not theirs to set', async () => {
  const wishes = {
    role: 'admin',
    departmentId: 1,
    status: 'closed',
    version: 7,
    assigneeId: 1,
    requesterId: other.id,
    requester: { id: other.id, name: 'Other' },
    priority: 'critical',
    createdAt: '2020-01-01T00:00:00Z',
    isInternal: true,
    id: 1,
    number: foreign,
  };
  const commands: [path: string, good: Record<string, unknown>, as: Actor][] = [
    [tickets, laptopForm, employee],
    [`${tickets}/${mine}/withdraw`, { version: 0, reason: 'No longer.' }, employee],
    [`${tickets}/${mine}/close`, { version: 0 }, employee],
    [`${tickets}/${mine}/open`, { version: 0, priority: 'low', department: 'it' }, agent],
    [`${tickets}/${mine}/reject`, { version: 0, reason: 'Not now.' }, agent],
    [`${tasks}/${mine}/take`, { version: 0 }, agent],
    [`${tasks}/${mine}/route`, { version: 0, workflowVersionId: 1 }, agent],
    [`${notifications}/read`, { ids: [1] }, employee],
    ['/api/auth/sign-in', { email: employee.email, password: 'x' }, employee],
  ];
  await withoutEffect(target, async () => {
    for (const [path, good, as] of commands)
      for (const [field, value] of Object.entries(wishes).filter(([name]) => !(name in good))) {
        const headers = { 'idempotency-key': `wishes-${field}` };
        expect(await ask(target, { path, json: { ...good, [field]: value }, as, headers }), path).toMatchObject(
          invalid(field),
        );
      }
  });
});

test('S-070 a cursor that is not of this list is refused, and none leads to the rows of another', async () => {
  for (const list of [tickets, tasks, notifications]) {
    const bad = [
      'x',
      '%00',
      '!!!',
      '[]',
      'e30',
      cursorOf(null),
      cursorOf({}),
      cursorOf([1]),
      cursorOf(['x', 'y', 'z']),
    ];
    for (const cursor of [...bad, cursorOf([{ $gt: '' }, 1]), cursorOf(["' or 1=1--", 1]), 'x'.repeat(301)])
      expect(await get(`${list}?cursor=${cursor}`, agent), `${list} ${cursor}`).toMatchObject(invalid('cursor'));
  }
  await submit(other);
  const { body } = await get(`${tickets}?scope=all&limit=1`, agent);
  expect(body.next).not.toBeNull();
  const page = await get(`${tickets}?cursor=${body.next}&limit=100`, employee);
  expect(page.body.items.map((row: { number: string }) => row.number)).toEqual([mine]);
  for (const sort of ['submitted', '-changed', 'best'])
    for (const row of (await get(`${tickets}?cursor=${body.next}&sort=${sort}`)).body.items)
      expect(row.number).toBe(mine);
});

test('S-071 what means something to a search engine is a letter like any other', async () => {
  const search = async (q: string) => {
    const { status, body } = await get(`${tickets}?q=${encodeURIComponent(q)}`);
    expect(status, q).toBe(200);
    return body.items.map((row: { number: string }) => row.number);
  };
  for (const found of ['100%', 'charged_up', 'a|b', '%', '_', '"laptop"'])
    expect(await search(found), found).toEqual([mine]);
  const literal = ['1__%', 'L%p', 'a_b', 'c%d', '\\', '\\%', "'", '"', '&', '!', '<->', ':*', 'a & | !', '((('];
  for (const q of [...literal, '.*', '[a-z]+']) expect(await search(q), q).toEqual([]);
  for (const list of [tickets, tasks])
    for (const length of [501, 2_000, 10_000])
      expect(await get(`${list}?q=${'x'.repeat(length)}`, agent), `${length}`).toMatchObject(invalid('q'));
});

test('S-072 no text keeps the API busy', async () => {
  await target.api.condition();
  const long = `${'a'.repeat(50_000)}!`;
  const dots = `a@${'a.'.repeat(50_000)}`;
  for (const email of [long, dots, `${'a'.repeat(120)}@${'a.'.repeat(60)}`, `${'.'.repeat(240)}@x`, '"'.repeat(250)])
    expect((await ask(target, { path: '/api/auth/sign-in', json: { email, password: 'x' } })).status).toBe(400);
  for (const subject of [long, '\u0301'.repeat(30_000), ' '.repeat(60_000), '\u200d'.repeat(30_000)]) {
    const headers = { 'idempotency-key': 'long-subject' };
    const asked = { path: tickets, json: { ...laptopForm, subject, description: subject }, as: employee, headers };
    expect((await ask(target, asked)).status).toBe(400);
  }
  for (const q of ['((a+)+)+$', `${'a'.repeat(99)}!`, '%'.repeat(100), '%_'.repeat(50), 'a '.repeat(50)])
    expect((await get(`${tickets}?scope=all&q=${encodeURIComponent(q)}`, agent)).status, q).toBe(200);
  expect((await get(`${tickets}?cursor=${'A'.repeat(7_000)}`)).status).toBe(400);
  expect((await target.api.condition()).longestTurn).toBeLessThan(200);
});

test('S-076 a number that is none is refused before anybody looks for it', async () => {
  const bad = [
    '1%20or%201=1',
    '%00',
    'x'.repeat(10_000),
    'TX٢٠٢٠٠١٠١٠٠٠٠٠٠',
    'TX2020010100000a',
    'TX-1',
    '%F0%9F%92%A9',
    '0',
  ];
  await withoutEffect(target, async () => {
    for (const number of bad.map((text) => encodeURI(decodeURI(text))))
      for (const [path, json] of [
        [`${tickets}/${number}`, undefined],
        [`${tickets}/${number}/close`, { version: 0 }],
        [`${tasks}/${number}`, undefined],
        [`${tasks}/${number}/take`, { version: 0 }],
      ] as const)
        expect(await ask(target, { path, json, as: agent }), path.slice(0, 80)).toMatchObject({
          status: 400,
          body: { code: 'invalid_input' },
        });
    for (const number of ['%', '%E0%A4%A', '%zz'])
      expect([400, 404], number).toContain((await get(`${tickets}/${number}`, agent)).status);
  });
  expect(await sql(target, 'select count(*)::int as count from helpdesk.ticket')).toEqual([{ count: 3 }]);
});
