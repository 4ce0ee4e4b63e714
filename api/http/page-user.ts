import type { MiddlewareHandler } from 'hono';
import type { Env } from './env.ts';
import { AppError } from './problem.ts';

/** Our pages say in this header for which user they were made. Other clients may leave it out. */
export const pageUserHeader = 'page-user';

/**
 * A page must neither act nor fill as somebody who signed in in another tab. Without a session each route decides by
 * itself, as ever.
 */
export const onlyForPageUser: MiddlewareHandler<Env> = async (c, next) => {
  const madeFor = c.req.header(pageUserHeader);
  const { user } = c.var;
  if (madeFor !== undefined && user !== null && madeFor !== String(user.id))
    throw new AppError(
      'other_user',
      `${user.name} is signed in in this browser now, and this page was opened for somebody else. Nothing was done.`,
    );
  return next();
};
