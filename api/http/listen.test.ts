import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../../dev/ports.ts';
import { type Desk, openDesk } from '../../tests/desk.ts';
import { listen } from './listen.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const get = (port: number): Promise<{ status: number | undefined; connection: string | undefined }> =>
  new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', agent }, (message) => {
      message.resume();
      message.on('end', () => resolve({ status: message.statusCode, connection: message.headers.connection }));
    })
      .on('error', reject)
      .end();
  });

test('whoever stops answers what was asked before, and asks to go who would ask again', async () => {
  const [port = 0] = await freePorts(1);
  const { promise: ready, resolve: onReady } = Promise.withResolvers<number>();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: answer, resolve: give } = Promise.withResolvers<Response>();
  let isFirst = true;
  const fetch = (): Response | Promise<Response> => {
    if (!isFirst) {
      ask();
      return answer;
    }
    isFirst = false;
    return new Response('quick');
  };
  const listener = listen({ context: desk.context, fetch, hostname: '127.0.0.1', port, onReady });
  await ready;
  expect(await get(port)).toEqual({ status: 200, connection: 'keep-alive' });
  const slow = get(port);
  await asked;
  const stopped = listener.stop();
  give(new Response('slow'));
  expect(await slow).toEqual({ status: 200, connection: 'close' });
  await stopped;
  await expect(get(port)).rejects.toThrow('ECONNREFUSED');
});
