import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import type { Context } from '../context.ts';
import type { Env } from './env.ts';
import { AppError } from './problem.ts';

export const largestBody = 256 * 1024;

/** Gives the request its id, its fork of the database and its line in the log. */
export const requestScope =
  (context: Context): MiddlewareHandler<Env> =>
  async (c, next) => {
    const started = performance.now();
    const requestId = randomUUID();
    c.set('context', context);
    c.set('requestId', requestId);
    c.set('em', context.orm.em.fork());
    c.set('user', null);
    c.header('X-Request-Id', requestId);
    await next();
    const facts = { requestId, method: c.req.method, path: c.req.path, status: c.res.status, userId: c.var.user?.id };
    // Whoever watches over us asks all the time: that is no news.
    const level = c.req.path === '/readyz' || c.req.path === '/healthz' ? 'debug' : 'info';
    const ms = Math.round(performance.now() - started);
    // The answer goes first: nobody waits for our log.
    setImmediate(() => context.log[level]({ ...facts, ms }, 'request'));
  };

/** Nobody waits longer for any answer, whatever is broken: people and pages look again. */
const longestRequest = 9_000;

const tooSlow = (): AppError =>
  new AppError('unavailable', 'This takes too long now. It may still be done: look again before you send it again.', {
    retryAfter: 5,
  });

/** Answers for whoever has not answered by then; what was begun goes on. */
export const answerInTime =
  (longest: number = longestRequest): MiddlewareHandler<Env> =>
  async (_c, next) => {
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(tooSlow()), longest);
    try {
      await Promise.race([next(), tooLate]);
    } finally {
      clearTimeout(timer);
    }
  };

/** So much of a body that is too large anyhow is taken before its sender is told. */
const patientBytes = 16 * 1024 * 1024;

/** Reads a body; null when it is too large. Who still sends when the connection closes would never read the answer. */
const readWithin = async (body: ReadableStream<Uint8Array>, most: number): Promise<Buffer | null> => {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size <= most) kept.push(chunk);
    if (size > patientBytes) break;
  }
  return size > most ? null : Buffer.concat(kept);
};

/** The length of the body as its sender tells it; null when nobody tells. */
const toldLength = ({ headers }: Request): number | null => {
  const told = headers.has('transfer-encoding') ? null : headers.get('content-length');
  return told === null ? null : Number(told);
};

const hasNone = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

// Whoever looks at `body` has the whole request made anew, as a web request with streams, which costs as much as the rest
// of what we do with it: where its length is told, nobody needs to look.

export const limitBody: MiddlewareHandler<Env> = async (c, next) => {
  const { raw } = c.req;
  const told = toldLength(raw);
  const isWithin = hasNone(raw) || (told !== null && told <= largestBody);
  if (!isWithin && raw.body !== null) {
    const content = await readWithin(raw.body, told === null ? largestBody : 0);
    if (content === null) throw new AppError('too_large', `Send at most ${largestBody / 1024} KB.`);
    c.req.raw = new Request(raw, { body: new Uint8Array(content) });
  }
  await next();
};

const decoder = new TextDecoder();

/** Refuses what is no UTF-8. The decoder would put another character where one is broken, and nobody would know. */
export const utf8Only: MiddlewareHandler<Env> = async (c, next) => {
  const { raw } = c.req;
  if (!hasNone(raw) && (toldLength(raw) !== null || raw.body !== null)) {
    const content = await c.req.arrayBuffer();
    if (!isUtf8(content)) throw new AppError('invalid_input', 'The body is not UTF-8.');
    // Hono keeps what was read as promises, which its types do not tell, and would decode it by way of a web response.
    Object.assign(c.req.bodyCache, { text: Promise.resolve(decoder.decode(content)) });
  }
  await next();
};

/** The peer of the socket. Headers that claim another address are the caller's own words and are not believed. */
export const addressOf = (c: HonoContext<Env>): string => c.env?.incoming?.socket.remoteAddress ?? 'unknown';
