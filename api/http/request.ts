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
    context.log[level]({ ...facts, ms: Math.round(performance.now() - started) }, 'request');
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

export const limitBody: MiddlewareHandler<Env> = async (c, next) => {
  const { body, headers } = c.req.raw;
  const told = headers.has('transfer-encoding') ? null : headers.get('content-length');
  const isWithin = told !== null && Number(told) <= largestBody;
  if (body !== null && !isWithin) {
    const content = await readWithin(body, told === null ? largestBody : 0);
    if (content === null) throw new AppError('too_large', `Send at most ${largestBody / 1024} KB.`);
    c.req.raw = new Request(c.req.raw, { body: new Uint8Array(content) });
  }
  await next();
};

/** Refuses what is no UTF-8. The decoder would put another character where one is broken, and nobody would know. */
export const utf8Only: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.raw.body !== null && !isUtf8(await c.req.arrayBuffer()))
    throw new AppError('invalid_input', 'The body is not UTF-8.');
  await next();
};

/** The peer of the socket. Headers that claim another address are the caller's own words and are not believed. */
export const addressOf = (c: HonoContext<Env>): string => c.env?.incoming?.socket.remoteAddress ?? 'unknown';
