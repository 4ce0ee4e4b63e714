import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { largestBody } from '../../../api/http/body.ts';
import { type Actor, laptopForm, makeActor } from '../../factories.ts';
import { ask, sentFor } from '../contract.ts';
import { withoutEffect } from '../effect.ts';
import { openTarget, type Target } from '../target.ts';
import { bytesOf } from '../wire.ts';
import { say, statusIn } from './fixture.ts';

let target: Target;
let employee: Actor;

const path = '/api/helpdesk/tickets';
const ticket = `${path}/TX20200101000000`;
const key = 'key-of-a-bad-body';

beforeAll(async () => {
  target = await openTarget();
  employee = await makeActor(target, { hdts: ['Employee', 'Ticket Coordinator'], tts: ['Admin'] });
});
afterAll(() => target.close());

const submitBody = (body: string | Uint8Array, headers = {}) =>
  ask(target, { path, body, as: employee, headers: { 'idempotency-key': key, ...headers } });

const submit = (changes: object) => submitBody(JSON.stringify({ ...laptopForm, ...changes }));

const refused = (code: 'invalid_input' | 'too_large' = 'invalid_input') => ({
  status: code === 'invalid_input' ? 400 : 413,
  body: { code },
});

const whole = JSON.stringify(laptopForm);

test('S-060 a body that is no JSON object in UTF-8 is refused', () =>
  withoutEffect(target, async () => {
    const bodies: [string, string | Uint8Array][] = [
      ['empty', ''],
      ['a word', 'null'],
      ['a list', `[${whole}]`],
      ['a text', '"x"'],
      ['a number', '1e999'],
      ['half', whole.slice(0, -1)],
      ['two', `${whole}${whole}`],
      ['a comma too many', `${whole.slice(0, -1)},}`],
      ['single quotes', whole.replaceAll('"', "'")],
      ['NaN', whole.replace('"Laptop"', 'NaN')],
      ['UTF-16', Buffer.from(`\ufeff${whole}`, 'utf16le')],
      [
        'bytes that are no UTF-8',
        Buffer.concat([Buffer.from(whole.slice(0, 40)), Buffer.from([0xff, 0xfe, 0xc0, 0x80])]),
      ],
      ['NUL bytes', Buffer.alloc(100)],
    ];
    for (const [what, body] of bodies) expect(await submitBody(body), what).toMatchObject(refused());
  }));

test('S-062 a deep body is refused before it costs anything', () =>
  withoutEffect(target, async () => {
    await target.api.condition();
    const nested = (levels: number, open: string, close: string) => `${open.repeat(levels)}1${close.repeat(levels)}`;
    for (const levels of [100, 10_000, 40_000])
      for (const body of [nested(levels, '[', ']'), nested(levels, '{"a":', '}').slice(0, largestBody - 100)]) {
        expect(await submitBody(body), `${levels}`).toMatchObject(refused());
        expect(await submitBody(`${whole.slice(0, -1)},"subject":${body}}`), `${levels}`).toMatchObject(refused());
      }
    expect(await submitBody(nested(100_000, '{"a":', '}'))).toMatchObject(refused('too_large'));
    expect(await submitBody(nested(1_000_000, '[', ']'))).toMatchObject(refused('too_large'));
    const { longestTurn } = await target.api.condition();
    expect(longestTurn).toBeLessThan(200);
  }));

test('S-063 a character that is not to be kept is refused wherever it stands', () =>
  withoutEffect(target, async () => {
    for (const bad of ['\u0000', '\u0001', '\u001b', '\u007f', '\u009f']) {
      for (const field of ['subject', 'description', 'serial', 'location', 'category', `na${bad}me`])
        expect(await submit({ [field]: `A laptop ${bad} for me` }), `${JSON.stringify(bad)} in ${field}`).toMatchObject(
          refused(),
        );
      const nested = {
        ...laptopForm,
        category: 'it_support',
        deviceType: 'Other',
        otherDevice: `x${bad}`,
        serial: undefined,
      };
      expect(await submitBody(JSON.stringify(nested))).toMatchObject(refused());
      for (const list of [path, '/api/tracking/tasks'])
        expect(await ask(target, { path: `${list}?q=${encodeURIComponent(`a${bad}b`)}`, as: employee })).toMatchObject(
          refused(),
        );
      const reason = { path: `${ticket}/reject`, json: { version: 0, reason: `Not now ${bad}` }, as: employee };
      expect(await ask(target, reason)).toMatchObject(refused());
    }
    const { headers, ...sent } = sentFor(target, { path, body: whole, as: employee });
    const bytes = bytesOf({ ...sent, headers: [...headers, ['idempotency-key', 'a-key-with-\u0000-in-it']] });
    expect(statusIn(await say(target.port, bytes.toString('latin1')))).toBe(400);
  }));

test('S-064 half of a character is refused', () =>
  withoutEffect(target, async () => {
    for (const half of ['\\ud800', '\\udc00', '\\udc00\\ud800', 'x\\ud83d'])
      for (const field of ['subject', 'description', 'serial']) {
        const body = whole.replace(/\}$/, `,"${field}":"A laptop ${half} for me"}`);
        expect(await submitBody(body), `${half} in ${field}`).toMatchObject(refused());
      }
  }));

test('S-066 no name of a field reaches what all objects share', () =>
  withoutEffect(target, async () => {
    const pollutions = [
      '"__proto__":{"isAdmin":true}',
      '"constructor":{"prototype":{"isAdmin":true}}',
      '"prototype":{"isAdmin":true}',
      '"__proto__.isAdmin":true',
      '"toString":"x"',
      '"hasOwnProperty":1',
    ];
    for (const pollution of pollutions)
      expect(await submitBody(`{${pollution},${whole.slice(1)}`), pollution).toMatchObject(refused());
    for (const name of [
      '__proto__',
      '__proto__[isAdmin]',
      '__proto__.isAdmin',
      'constructor',
      'constructor[prototype][x]',
    ])
      for (const list of [path, '/api/tracking/tasks', '/api/notifications'])
        expect(await ask(target, { path: `${list}?${name}=1`, as: employee }), `${list} ${name}`).toMatchObject(
          refused(),
        );
    const { body } = await ask(target, { path: '/api/me', as: employee });
    expect(Object.keys(body).toSorted()).toEqual(['systems', 'user']);
    expect('isAdmin' in {}).toBe(false);
  }));

test('S-075 a submission without one good key is refused', () =>
  withoutEffect(target, async () => {
    const keys = [
      undefined,
      '',
      'x',
      'x'.repeat(7),
      'x'.repeat(129),
      'x'.repeat(300),
      'two words',
      'naïve-key',
      "'or 1=1--",
    ];
    for (const bad of [...keys, ['key-number-one', 'key-number-two']]) {
      const answer = await submitBody(whole, { 'idempotency-key': bad });
      expect(answer, String(bad)).toMatchObject({ ...refused(), body: { errors: [{ path: 'idempotency-key' }] } });
    }
  }));

test('S-091 a body that breaks off leaves nothing behind', async () => {
  const bytes = bytesOf(sentFor(target, { path, body: whole, as: employee, headers: { 'idempotency-key': key } }));
  await withoutEffect(target, async () => {
    await new Promise<void>((resolve, reject) => {
      const socket = connect(target.port, '127.0.0.1', () =>
        socket.write(bytes.subarray(0, bytes.length - 50), () => socket.destroy()),
      );
      socket.on('error', reject);
      socket.on('close', () => resolve());
    });
    expect((await ask(target, { path: '/healthz' })).status).toBe(200);
  });
});
