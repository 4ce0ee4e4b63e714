import type { MiddlewareHandler } from 'hono';
import type { Env } from './env.ts';
import { AppError } from './problem.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
const json = /^application\/json\s*(;|$)/i;

const hasBody = (request: Request): boolean =>
  request.headers.has('transfer-encoding') || Number(request.headers.get('content-length') ?? 0) > 0;

/**
 * Takes changes from our own pages only. The origin is the configured one: behind a proxy the request's own address and
 * its Host say nothing.
 */
export const sameOriginOnly = (publicUrl: string): MiddlewareHandler<Env> => {
  const ours = new URL(publicUrl).origin;
  return async (c, next) => {
    if (safe.has(c.req.method)) return next();
    const site = c.req.header('sec-fetch-site');
    const fits = site === undefined ? c.req.header('origin') === ours : site === 'same-origin';
    if (!fits) throw new AppError('forbidden', `Changes are taken from pages of ${ours} only.`);
    const type = c.req.header('content-type');
    if ((type !== undefined || hasBody(c.req.raw)) && !json.test(type ?? '')) {
      throw new AppError('unsupported_media_type', 'Send the body as application/json.');
    }
    return next();
  };
};
