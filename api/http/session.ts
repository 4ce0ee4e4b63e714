import type { MiddlewareHandler } from 'hono';
import { sessionsOf } from '../auth/lucia.ts';
import type { Env } from './env.ts';

/** Finds out who asks: `c.var.user` is null for everybody without a living session. */
export const session: MiddlewareHandler<Env> = async (c, next) => {
  const sessions = sessionsOf(c.var.em, c.var.context.config.PUBLIC_URL);
  const token = sessions.tokenIn(c.req.header('cookie'));
  const found = token === null ? null : await sessions.validate(token);
  c.set('user', found?.user ?? null);
  if (found?.freshCookie) c.header('Set-Cookie', found.freshCookie, { append: true });
  await next();
};
