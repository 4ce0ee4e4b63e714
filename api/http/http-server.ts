import {
  createServer,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Context } from '../context.ts';
import { createBase } from './base.ts';
import { AppError } from './problem.ts';

type Fetch = Parameters<typeof getRequestListener>[0];

const unreadable = (cause: Error): AppError =>
  new AppError('invalid_input', 'This is no HTTP request that can be read.', { cause });

const refusalOf = (error: Error): AppError => {
  const code = 'code' in error ? error.code : null;
  if (code === 'HPE_HEADER_OVERFLOW')
    return new AppError('headers_too_large', 'Send fewer or shorter headers, or delete the cookies of this site.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new AppError('too_slow', 'The request took too long to arrive. Send it again.');
  return unreadable(error);
};

type Refuse = (why: unknown) => Promise<Response>;

/** Answers what never comes to the application as the application would: with its headers and a line in the log. */
const createRefuse = (context: Context): Refuse => {
  const reasons = new WeakMap<Request, unknown>();
  const app = createBase(context);
  app.all('*', (c) => {
    throw reasons.get(c.req.raw);
  });
  return async (why) => {
    const request = new Request(new URL('/api/', context.config.PUBLIC_URL));
    reasons.set(request, why);
    return app.fetch(request);
  };
};

/** How long somebody who was refused may take to read why and hang up. */
const lastWordMs = 2_000;

const say = async (socket: Duplex, response: Response): Promise<void> => {
  const body = await response.text();
  const lines = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`,
    ...[...response.headers].map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  // Node has given this connection to us and looks after it no more: who does not hang up would hold it for ever, and a
  // server that is to stop would wait for it.
  const hangUp = setTimeout(() => socket.destroy(), lastWordMs);
  socket.once('close', () => clearTimeout(hangUp));
};

// A client that hangs up while it is being answered is no trouble of ours.
const refuseOn = async (socket: Duplex, refuse: Refuse, why: AppError): Promise<void> => {
  socket.on('error', () => socket.destroy());
  await say(socket, await refuse(why));
};

const isSilent = (socket: Duplex): boolean => socket instanceof Socket && socket.bytesRead === 0;

type Patience = Pick<ServerOptions, 'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'>;

/** A page of ours says all that it has to say at once; whoever takes longer only holds a connection. */
const patience: Patience = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 5_000 };

/**
 * A connection rests for longer than browsers and proxies keep theirs: nginx and Firefox use one again for 75 and 115
 * seconds. Whoever closes first while the other one sends makes a request fail, so that must never be us.
 */
const keepAliveTimeout = 120_000;

/**
 * The server of an application, not listening yet. Whatever Node itself would refuse with a bare status (headers that are
 * none, too many of them, no host, a tunnel) is answered with a problem, as everything else is.
 */
export const createHttpServer = (fetch: Fetch, context: Context, waits: Patience = patience): Server => {
  const refuse = createRefuse(context);
  const answers = new WeakMap<Duplex, ServerResponse>();
  const handle = getRequestListener(fetch, {
    errorHandler: (error) => refuse(error instanceof RequestError ? unreadable(error) : error),
  });
  const listener: RequestListener = (request, response) => {
    answers.set(request.socket, response);
    void handle(request, response);
  };
  // Without a host `handle` cannot tell the address, and refuses it.
  const server = createServer({ ...waits, keepAliveTimeout, requireHostHeader: false }, listener);
  // Nothing but 100-continue is expected by a sender that we know; another one gets its answer all the same.
  server.on('checkExpectation', listener);
  server.on('connect', (_request, socket) => {
    void refuseOn(socket, refuse, new AppError('not_found', 'This is no proxy: there is nothing to connect to.'));
  });
  server.on('clientError', (error, socket) => {
    const answer = answers.get(socket);
    // Half an answer cannot be taken back, and nobody reads on a connection that is gone.
    const isUnderWay = answer?.headersSent === true && !answer.writableFinished;
    if (isUnderWay || !socket.writable) socket.destroy();
    // A connection that was opened ahead of its first request: an answer to nothing would be taken for that one's.
    else if (isSilent(socket)) socket.end();
    else void refuseOn(socket, refuse, refusalOf(error));
  });
  return server;
};
