import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionCookieName } from '../../../api/auth/lucia.ts';
import { type Actor, laptopForm, makeActor, readTicket, submit as submitTicket } from '../../factories.ts';
import { ask } from '../contract.ts';
import { withoutEffect } from '../effect.ts';
import { openTarget, type Target } from '../target.ts';

let target: Target;
let employee: Actor;

const path = '/api/helpdesk/tickets';
const ticket = `${path}/TX20200101000000`;
const key = 'key-of-an-attack';

beforeAll(async () => {
  target = await openTarget();
  employee = await makeActor(target, { hdts: ['Employee', 'Ticket Coordinator'], tts: ['Admin'] });
});
afterAll(() => target.close());

const submitBody = (body: string | Uint8Array, headers = {}) =>
  ask(target, { path, body, as: employee, headers: { 'idempotency-key': key, ...headers } });

const submit = (changes: object) => submitBody(JSON.stringify({ ...laptopForm, ...changes }));

const refused = () => ({ status: 400, body: { code: 'invalid_input' } });

const whole = JSON.stringify(laptopForm);

test('S-067 SQL in any text is text', async () => {
  const attacks = [
    "' or 1=1--",
    '"; drop table helpdesk.ticket;--',
    "'; select pg_sleep(5);--",
    "\\'; delete from auth.session;--",
    '$1',
    '?',
    ':number',
    '\') union select password_hash from auth."user"--',
    "a'||(select 1)||'",
  ];
  const description = attacks.slice(0, 4).join(' ');
  const parameters = [
    'scope',
    'status',
    'category',
    'priority',
    'sort',
    'cursor',
    'limit',
    'queue',
    'show',
    'assignee',
  ];
  await withoutEffect(target, async () => {
    for (const attack of attacks) {
      const words = encodeURIComponent(attack);
      for (const name of parameters)
        for (const list of [path, '/api/tracking/tasks', '/api/notifications'])
          expect(await ask(target, { path: `${list}?${name}=${words}`, as: employee }), name).toMatchObject(refused());
      for (const list of [
        `${path}?scope=all&q`,
        '/api/tracking/tasks?queue=all&q',
        '/api/tracking/tasks?queue=all&role',
      ])
        expect(await ask(target, { path: `${list}=${words}`, as: employee }), attack).toMatchObject({
          status: 200,
          body: { items: [] },
        });
      expect(await ask(target, { path: `${path}/${words}`, as: employee }), attack).toMatchObject(refused());
      expect(await submitBody(whole, { 'idempotency-key': attack }), attack).toMatchObject(refused());
      expect(
        (await ask(target, { path: '/api/me', as: `${sessionCookieName(target.origin)}=${attack}` })).status,
        attack,
      ).toBe(401);
    }
  });
  const number = await submitTicket(employee, { ...laptopForm, subject: "x'; drop table x;--", description });
  expect(await readTicket(employee, number)).toMatchObject({ subject: "x'; drop table x;--", description });
});

test('S-068 an operator of the database layer is no value', () =>
  withoutEffect(target, async () => {
    const operators = [
      { $ne: '' },
      { $like: '%' },
      { $raw: 'true' },
      { __raw: true, sql: 'true' },
      ['a', 'b'],
      [{ $gt: '' }],
    ];
    for (const operator of operators) {
      for (const field of ['subject', 'description', 'category', 'subCategory', 'serial', 'expectedReturnDate'])
        expect(await submit({ [field]: operator }), field).toMatchObject(refused());
      for (const body of [
        { version: operator, reason: 'No longer.' },
        { version: 0, reason: operator },
      ])
        expect(await ask(target, { path: `${ticket}/reject`, json: body, as: employee })).toMatchObject(refused());
      expect(
        await ask(target, { path: '/api/auth/sign-in', json: { email: operator, password: operator } }),
      ).toMatchObject(refused());
      const ids = { path: '/api/notifications/read', json: { ids: operator }, as: employee };
      expect(await ask(target, ids)).toMatchObject(refused());
    }
    for (const name of ['status[$ne]', 'q[$raw]', 'limit[]', 'sort[0]', '$where', '$or'])
      expect(await ask(target, { path: `${path}?${name}=new`, as: employee }), name).toMatchObject(refused());
  }));
