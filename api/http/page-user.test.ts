import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, openDesk } from '../../tests/desk.ts';
import { type Actor, laptopForm, makeActor } from '../../tests/factories.ts';
import { pageUserHeader } from './page-user.ts';

let desk: Desk;
let clara: Actor;
let dana: Actor;

beforeAll(async () => {
  desk = await openDesk();
  clara = await makeActor(desk, { hdts: ['Employee'] });
  dana = await makeActor(desk, { hdts: ['Employee'] });
});
afterAll(() => desk.close());

/** What a page that was made for somebody asks, with the session that the browser has now. */
const ask = (session: Actor | null, madeFor: string, path: string, body?: object) =>
  desk.app.request(path, {
    method: body ? 'POST' : 'GET',
    headers: {
      [pageUserHeader]: madeFor,
      'sec-fetch-site': 'same-origin',
      ...(session && { cookie: session.browser.cookie() ?? '' }),
      ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    body: body && JSON.stringify(body),
  });

const tickets = async (): Promise<number> =>
  (await desk.context.orm.em.fork().execute<{ n: number }[]>('select count(*)::int as n from helpdesk.ticket'))[0]?.n ??
  -1;

test('a page made for Clara does not act as Dana, who signed in in another tab', async () => {
  const before = await tickets();
  const answer = await ask(dana, String(clara.id), '/api/helpdesk/tickets', laptopForm);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: 'other_user', detail: expect.stringContaining('signed in') });
  expect(await tickets()).toBe(before);
  expect((await ask(clara, String(clara.id), '/api/helpdesk/tickets', laptopForm)).status).toBe(201);
});

test('nor does it sign Dana out, or sign anybody in', async () => {
  expect((await ask(dana, String(clara.id), '/api/auth/sign-out', {})).status).toBe(409);
  expect((await ask(dana, String(dana.id), '/api/me')).status).toBe(200);
});

test('nor does it fill with what is Dana’s', async () => {
  for (const path of ['/api/helpdesk/tickets', '/api/notifications', '/api/auth/session', '/api/me']) {
    const answer = await ask(dana, String(clara.id), path);
    expect(answer.status, path).toBe(409);
    expect(JSON.stringify(await answer.json())).not.toContain('@example.com');
  }
});

test.each(['', '0', 'abc', '-1', `${'9'.repeat(40)}`])(
  'a user that cannot be is somebody else: %s',
  async (madeFor) => {
    expect((await ask(dana, madeFor, '/api/me')).status).toBe(409);
  },
);

test('without a session the page learns that it was signed out', async () => {
  expect((await ask(null, String(clara.id), '/api/me')).status).toBe(401);
  expect(await (await ask(null, String(clara.id), '/api/auth/session')).json()).toEqual({ me: null });
});

test('clients that are no pages leave the header out', async () => {
  expect((await dana.browser.get('/api/me')).status).toBe(200);
});
