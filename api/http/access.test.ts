import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openDesk } from '../../tests/desk.ts';
import { laptopForm, makeActor } from '../../tests/factories.ts';
import { type Browser, openBrowser } from './browser.fixture.ts';

const actors = ['nobody', 'outsider', 'employee', 'coordinator', 'hdtsAdmin', 'agent', 'ttsAdmin'] as const;
const number = 'TX20200101000000';
const helpdesk = '/api/helpdesk/tickets';
const tracking = '/api/tracking/tasks';
const talk = '/api/messaging/tickets/{number}';
const message = '/api/messaging/messages/{id}';
const version = 0;
const reason = 'No longer needed.';

interface Row {
  route: string;
  path?: string;
  body?: object;
  /** By actor, in the order of `actors`. The ticket does not exist, so 404 means: let in. */
  answers: number[];
}

// One row for each route, so that nobody can add one without saying who may call it.
const table: Row[] = [
  { route: `GET ${helpdesk}`, answers: [401, 200, 200, 200, 200, 200, 200] },
  { route: `POST ${helpdesk}`, body: laptopForm, answers: [401, 201, 201, 201, 201, 201, 201] },
  { route: `GET ${helpdesk}/counts`, answers: [401, 200, 200, 200, 200, 200, 200] },
  { route: `GET ${helpdesk}/{number}`, answers: [401, 404, 404, 404, 404, 404, 404] },
  {
    route: `POST ${helpdesk}/{number}/open`,
    body: { version, priority: 'high', department: 'asset' },
    answers: [401, 403, 403, 404, 403, 403, 403],
  },
  {
    route: `POST ${helpdesk}/{number}/reject`,
    body: { version, reason },
    answers: [401, 403, 403, 404, 403, 403, 403],
  },
  {
    route: `POST ${helpdesk}/{number}/withdraw`,
    body: { version, reason },
    answers: [401, 404, 404, 404, 404, 404, 404],
  },
  { route: `POST ${helpdesk}/{number}/close`, body: { version }, answers: [401, 404, 404, 404, 404, 404, 404] },
  { route: `GET ${tracking}`, answers: [401, 403, 403, 403, 403, 200, 200] },
  { route: `GET ${tracking}/counts`, answers: [401, 403, 403, 403, 403, 200, 200] },
  { route: `GET ${tracking}/{number}`, answers: [401, 403, 403, 403, 403, 404, 404] },
  {
    route: `POST ${tracking}/{number}/act`,
    body: { version, transition: 'submit', note: reason },
    answers: [401, 403, 403, 403, 403, 404, 404],
  },
  {
    route: `POST ${tracking}/{number}/take`,
    body: { version },
    answers: [401, 403, 403, 403, 403, 404, 404],
  },
  {
    route: `POST ${tracking}/{number}/route`,
    body: { version, workflowVersionId: 1 },
    answers: [401, 403, 403, 403, 403, 403, 404],
  },
  { route: 'GET /api/tracking/overview', answers: [401, 403, 403, 403, 403, 403, 200] },
  { route: 'GET /api/people', answers: [401, 403, 403, 200, 200, 200, 200] },
  { route: 'GET /api/tracking/workflows', answers: [401, 403, 403, 403, 403, 200, 200] },
  { route: 'GET /api/operations/readiness', answers: [401, 403, 403, 403, 200, 403, 200] },
  { route: `GET ${talk}/messages`, answers: [401, 404, 404, 404, 404, 404, 404] },
  { route: `POST ${talk}/messages`, body: { text: reason }, answers: [401, 404, 404, 404, 404, 404, 404] },
  { route: `PATCH ${message}`, body: { text: reason }, answers: [401, 404, 404, 404, 404, 404, 404] },
  { route: `DELETE ${message}`, answers: [401, 404, 404, 404, 404, 404, 404] },
  { route: `GET ${talk}/draft`, answers: [401, 404, 404, 404, 404, 404, 404] },
  { route: `PUT ${talk}/draft`, body: { voice: 'public', text: '' }, answers: [401, 404, 404, 404, 404, 404, 404] },
  { route: 'GET /api/notifications', answers: [401, 200, 200, 200, 200, 200, 200] },
  { route: 'POST /api/notifications/read', body: { ids: [] }, answers: [401, 200, 200, 200, 200, 200, 200] },
];

let desk: Desk;
let browsers: Browser[];

beforeAll(async () => {
  desk = await openDesk();
  const [outsider, employee, coordinator, hdtsAdmin, agent, ttsAdmin] = [
    await makeActor(desk, { ams: ['Admin'], bms: ['Admin'] }),
    await makeActor(desk, { hdts: ['Employee'] }),
    await makeActor(desk, { hdts: ['Ticket Coordinator'] }),
    await makeActor(desk, { hdts: ['Admin'] }),
    await makeActor(desk, { tts: ['Asset Manager'] }),
    await makeActor(desk, { tts: ['Admin'] }),
  ];
  const people = [outsider, employee, coordinator, hdtsAdmin, agent, ttsAdmin];
  browsers = [openBrowser(desk.app), ...people.map((person) => person.browser)];
});
afterAll(() => desk.close());

const codes: Record<number, string> = { 401: 'unauthenticated', 403: 'forbidden', 404: 'not_found' };

const changing: Record<string, 'put' | 'patch' | 'delete'> = { PUT: 'put', PATCH: 'patch', DELETE: 'delete' };

const ask = (browser: Browser, { route, body }: Row) => {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replace('{number}', number).replace('{id}', '1');
  const headers = { 'idempotency-key': randomUUID() };
  return method === 'GET' ? browser.get(url) : browser[changing[method] ?? 'post'](url, body, headers);
};

describe.each(table)('$route', (row) => {
  test.each(actors.map((name, index) => ({ name, index, status: row.answers[index] ?? 0 })))(
    'answers $name $status',
    async ({ index, status }) => {
      const browser = browsers[index] ?? openBrowser(desk.app);
      const answer = await ask(browser, row);
      expect(answer.status, JSON.stringify(answer.body)).toBe(status);
      const code = codes[status];
      if (code) expect(answer.body).toMatchObject({ status, code, requestId: answer.headers.get('x-request-id') });
    },
  );
});

const changes = table.filter(({ route }) => route.startsWith('POST')).map(({ route }) => route.replace('POST ', ''));
test.each(changes)('POST %s refuses a page of another site before it looks who asks', async (path) => {
  const headers = { origin: 'https://elsewhere.example', 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: '{}' };
  expect((await desk.app.request(path.replace('{number}', number), init)).status).toBe(403);
});

test('every route stands in the table, but those of auth and of health, which have their own tests', async () => {
  const document = await (await desk.app.request('/openapi.json')).json();
  const routes = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const others = routes.filter((route) => !/ (\/api\/(auth\/|me$)|\/healthz$|\/readyz$)/.test(route));
  expect(others.toSorted()).toEqual(table.map((row) => row.route).toSorted());
});
