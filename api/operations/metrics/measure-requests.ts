import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Env } from '../../http/env.ts';
import type { Metrics } from './metrics.ts';

const known = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Measures each request under the pattern of its route: a label for each path would never end. */
export const measureRequests =
  ({ requests }: Metrics): MiddlewareHandler<Env> =>
  async (c, next) => {
    const end = requests.startTimer();
    await next();
    const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'other';
    // A method can be any word, too.
    const method = known.includes(c.req.method) ? c.req.method : 'other';
    end({ method, route, status: c.res.status });
  };
