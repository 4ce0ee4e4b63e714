import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { freePorts } from '../../dev/ports.ts';
import { type Desk, openDesk } from '../../tests/desk.ts';
import { listen } from './listen.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

interface Answer {
  status: number | undefined;
  connection: string | undefined;
  reused: boolean;
}

const get = (port: number, agent: Agent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', agent }, (message) => {
      message.resume();
      message.on('end', () =>
        resolve({
          status: message.statusCode,
          connection: message.headers.connection,
          reused: asked.reusedSocket,
        }),
      );
    });
    asked.on('error', reject).end();
  });

const never = 600_000;

/** A server that gives `quick` at once and everything else when the test says so, and a browser with one connection. */
const serve = async (waits = { farewell: never, answers: never }) => {
  const [port = 0] = await freePorts(1);
  const ready = Promise.withResolvers<number>();
  const asked = Promise.withResolvers<void>();
  const slow = Promise.withResolvers<Response>();
  let isSlow = false;
  const fetch = (): Response | Promise<Response> => {
    if (!isSlow) return new Response('quick');
    asked.resolve();
    return slow.promise;
  };
  const { context } = desk;
  const listener = listen({ context, fetch, hostname: '127.0.0.1', port, onReady: ready.resolve, waits });
  await ready.promise;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return {
    get: () => get(port, agent),
    stop: () => listener.stop(),
    /** Asks for something that is under way when this settles. */
    async askSlowly() {
      isSlow = true;
      const answer = get(port, agent);
      await asked.promise;
      return { answer, give: () => slow.resolve(new Response('slow')) };
    },
  };
};

test('whoever stops answers what was asked before, and says with it that the connection closes', async () => {
  const server = await serve();
  expect(await server.get()).toEqual({ status: 200, connection: 'keep-alive', reused: false });
  const { answer, give } = await server.askSlowly();
  const stopped = server.stop();
  give();
  expect(await answer).toEqual({ status: 200, connection: 'close', reused: true });
  await stopped;
  await expect(server.get()).rejects.toThrow('ECONNREFUSED');
});

test('a connection that rested is answered once more, and then it closes', async () => {
  const server = await serve();
  await server.get();
  const stopped = server.stop();
  expect(await server.get()).toEqual({ status: 200, connection: 'close', reused: true });
  await stopped;
});

test('nobody waits for a connection that goes on resting', async () => {
  const server = await serve({ farewell: 10, answers: never });
  await server.get();
  await server.stop();
});

test('nobody waits for ever for an answer that does not come', async () => {
  const server = await serve({ farewell: 10, answers: 10 });
  const { answer } = await server.askSlowly();
  const lost = expect(answer).rejects.toThrow();
  await server.stop();
  await lost;
});
