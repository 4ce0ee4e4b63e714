import type { MiddlewareHandler } from 'hono';
import type { Env } from './env.ts';
import { AppError } from './problem.ts';

export const isSafe = (method: string): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method);

/**
 * Answers our own pages only. The origin is the configured one: behind a proxy the request's own address and its Host say
 * nothing. Who changes something has to say where it comes from, by one header at least; each that is there has to fit.
 */
export const sameOriginOnly = (publicUrl: string): MiddlewareHandler<Env> => {
  const ours = new URL(publicUrl).origin;
  return async (c, next) => {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const fits = origin === undefined || origin === ours;
    const isFromUs = site === undefined ? origin === ours : site === 'same-origin';
    if (!fits || !(isFromUs || isSafe(c.req.method)))
      throw new AppError('forbidden', `Open ${ours}: requests are taken from its own pages only.`);
    return next();
  };
};
