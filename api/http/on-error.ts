import type { Context as HonoContext, NotFoundHandler } from 'hono';
import { asAppError } from './as-app-error.ts';
import type { Env } from './env.ts';
import type { Problem } from './problem.schema.ts';
import { AppError, problems } from './problem.ts';

/** The one place where an error becomes an answer. */
export const onError = (error: Error, c: HonoContext<Env>): Response => {
  const known = asAppError(error);
  const { status, title } = problems[known.code];
  const { requestId, context } = c.var;
  if (status >= 500) {
    const level = known.code === 'internal' ? 'error' : 'warn';
    context.log[level]({ requestId, method: c.req.method, path: c.req.path, error }, 'request failed');
  }
  const body: Problem = {
    type: 'about:blank',
    title,
    status,
    code: known.code,
    detail: known.message,
    requestId,
    ...known.details,
    ...(known.errors ? { errors: known.errors } : {}),
  };
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' };
  if (known.retryAfter !== undefined) headers['Retry-After'] = String(known.retryAfter);
  return c.body(JSON.stringify(body), status, headers);
};

// Thrown, it would break through the middlewares that stand around it, and their headers would be missing.
export const notFound: NotFoundHandler<Env> = (c) =>
  onError(new AppError('not_found', `There is nothing at ${c.req.path}.`), c);
