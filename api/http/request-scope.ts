import type { MiddlewareHandler } from 'hono';
import type { Context } from '../context.ts';
import { clientAddress, networks } from './client-address.ts';
import type { Env } from './env.ts';

/** Gives the request what its handlers find at `c.var`, and its line in the log. */
export const requestScope = (context: Context): MiddlewareHandler<Env> => {
  const proxies = networks(context.config.TRUSTED_PROXY);
  return async (c, next) => {
    const started = performance.now();
    const peer = c.env?.incoming?.socket.remoteAddress;
    c.set('address', peer === undefined ? 'unknown' : clientAddress(peer, c.req.header('x-forwarded-for'), proxies));
    c.set('context', context);
    c.set('em', context.orm.em.fork());
    c.set('user', null);
    await next();
    const { requestId, user, address } = c.var;
    const facts = {
      requestId,
      address,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      userId: user?.id,
    };
    // Whoever watches over us asks all the time: that is no news.
    const level = c.req.path === '/readyz' || c.req.path === '/healthz' ? 'debug' : 'info';
    const ms = Math.round(performance.now() - started);
    // The answer goes first: nobody waits for our log.
    setImmediate(() => context.log[level]({ ...facts, ms }, 'request'));
  };
};
