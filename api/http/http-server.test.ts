import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Desk, openDesk } from '../../tests/desk.ts';
import { createHttpServer } from './http-server.ts';

let desk: Desk;
let server: Server;

beforeAll(async () => {
  desk = await openDesk();
  const impatience = { headersTimeout: 300, requestTimeout: 300, connectionsCheckingInterval: 50 };
  server = createHttpServer(desk.app.fetch, desk.context, impatience).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await desk.close();
});

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
};

/** Everything that the server says until it hangs up. */
const say = async (text: string): Promise<string> => {
  const socket = connect(portOf(server.address()), '127.0.0.1');
  socket.write(text, 'latin1');
  return (await buffer(socket)).toString('latin1');
};

const isProblem = (answer: string, status: number, code: string): void => {
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(/content-type: application\/problem\+json/i);
  expect(head).toMatch(/x-content-type-options: nosniff/i);
  expect(head).toMatch(/cache-control: no-store/i);
  expect(JSON.parse(body)).toMatchObject({ status, code });
};

const path = 'GET /api/me HTTP/1.1\r\n';
const rest = 'Host: localhost\r\nConnection: close\r\n\r\n';

test.each([
  ['a method that nobody knows', `FOO /api/me HTTP/1.1\r\n${rest}`],
  ['a header with a NUL', `${path}X: a\0b\r\n${rest}`],
  ['a header without a name', `${path}: x\r\n${rest}`],
  ['two lengths', `${path}Content-Length: 1\r\nContent-Length: 2\r\n${rest}`],
  ['a length beside chunks', `POST /api/me HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n${rest}`],
  ['a version that nobody knows', `GET /api/me HTTP/9.9\r\n${rest}`],
  ['no host', `${path}Connection: close\r\n\r\n`],
  ['a host that is none', `${path}Host: a b\r\nConnection: close\r\n\r\n`],
  ['an address that is none', `GET http://[ HTTP/1.1\r\n${rest}`],
])('%s is refused with a problem', async (_what, text) => {
  isProblem(await say(text), 400, 'invalid_input');
});

test('headers that are too large are refused with 431', async () => {
  isProblem(await say(`${path}X: ${'x'.repeat(20_000)}\r\n${rest}`), 431, 'headers_too_large');
});

test('a tunnel is refused: this is no proxy', async () => {
  isProblem(await say(`CONNECT example.com:443 HTTP/1.1\r\n${rest}`), 404, 'not_found');
});

test('an expectation that nobody can meet does not keep a request from its answer', async () => {
  isProblem(await say(`${path}Expect: the unexpected\r\n${rest}`), 401, 'unauthenticated');
});

test('what follows a good request on its connection is refused alone', async () => {
  const answer = await say('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nnonsense\r\n\r\n');
  const second = answer.indexOf('HTTP/1.1', 1);
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
  isProblem(answer.slice(second), 400, 'invalid_input');
});

test.each([
  ['headers', `POST /api/auth/sign-in HTTP/1.1\r\nHost: localhost\r\n`],
  [
    'body',
    `POST /api/auth/sign-in HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:8000\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
  ],
])('a request whose %s never ends is answered 408', async (_what, text) => {
  isProblem(await say(text), 408, 'too_slow');
});

test('a connection that rests is kept for longer than any proxy or browser would use it again', async () => {
  const socket = connect(portOf(server.address()), '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  const ask = async (): Promise<string> => {
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const [answer] = await once(socket, 'data');
    return String(answer);
  };
  const seconds = Number(/keep-alive: timeout=(\d+)/i.exec(await ask())?.[1]);
  expect(seconds).toBeGreaterThan(115);
  // Whoever has begun a request and does not end it has to go meanwhile, each time.
  for (let time = 0; time < 2; time += 1) isProblem(await say('GET /healthz HTTP/1.1\r\n'), 408, 'too_slow');
  expect(await ask()).toMatch(/^HTTP\/1.1 200 /);
});

test('a connection on which nothing was asked ends without an answer', async () => {
  expect(await say('')).toBe('');
});

test('who is refused and does not hang up is hung up on', async () => {
  const socket = connect({ port: portOf(server.address()), host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => {
    socket.destroy();
  });
  // Hung up on while it still has something to say.
  socket.on('error', () => undefined);
  const ended = once(socket, 'end');
  socket.write('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n');
  socket.resume();
  await ended;
  const connections = () => promisify(server.getConnections.bind(server))();
  expect(await connections()).toBeGreaterThan(0);
  await expect.poll(connections, { timeout: 10_000 }).toBe(0);
});
