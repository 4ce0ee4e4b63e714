import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import type { Context } from '../context.ts';
import type { Env } from './env.ts';

/** Gives the request what its handlers find at `c.var`, and its line in the log. */
export const requestScope =
  (context: Context): MiddlewareHandler<Env> =>
  async (c, next) => {
    const started = performance.now();
    c.set('context', context);
    c.set('em', context.orm.em.fork());
    c.set('user', null);
    await next();
    const { requestId, user } = c.var;
    const facts = { requestId, method: c.req.method, path: c.req.path, status: c.res.status, userId: user?.id };
    // Whoever watches over us asks all the time: that is no news.
    const level = c.req.path === '/readyz' || c.req.path === '/healthz' ? 'debug' : 'info';
    const ms = Math.round(performance.now() - started);
    // The answer goes first: nobody waits for our log.
    setImmediate(() => context.log[level]({ ...facts, ms }, 'request'));
  };

/** The peer of the socket. Headers that claim another address are the caller's own words and are not believed. */
export const addressOf = (c: HonoContext<Env>): string => c.env?.incoming?.socket.remoteAddress ?? 'unknown';
