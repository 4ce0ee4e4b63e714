import { OpenAPIHono } from '@hono/zod-openapi';
import { requestId } from 'hono/request-id';
import { sessionCookieName } from '../auth/lucia.ts';
import type { Context } from '../context.ts';
import { measureRequests } from '../operations/metrics/measure-requests.ts';
import type { Metrics } from '../operations/metrics/metrics.ts';
import { limitBody, utf8Only } from './body.ts';
import { plainJsonOnly } from './content.ts';
import type { Env } from './env.ts';
import { noStore, securityHeaders } from './headers.ts';
import { knownHostOnly } from './known-host.ts';
import { notFound, onError } from './on-error.ts';
import { serveReference } from './openapi.ts';
import { sameOriginOnly } from './origin.ts';
import { onlyForPageUser } from './page-user.ts';
import { requestScope } from './request-scope.ts';
import { session } from './session.ts';
import { answerInTime } from './time-limit.ts';

/** The application before its routes: what every request passes through, in this order. */
export const createBase = (context: Context, metrics?: Metrics): OpenAPIHono<Env> => {
  const { PUBLIC_URL } = context.config;
  const app = new OpenAPIHono<Env>();
  app.onError(onError);
  app.notFound(notFound);
  // An id that the caller sends is not ours: of length zero, none is taken.
  app.use('*', requestId({ limitLength: 0 }));
  app.use('*', requestScope(context));
  if (metrics) app.use('*', measureRequests(metrics));
  app.use('*', securityHeaders(PUBLIC_URL));
  app.use('/api/*', noStore);
  app.use('*', knownHostOnly(context.config));
  app.use('/api/*', limitBody);
  app.use('/api/*', sameOriginOnly(PUBLIC_URL));
  app.use('/api/*', plainJsonOnly);
  app.use('/api/*', utf8Only);
  // Only now: how long a body may take to arrive, the server itself says.
  app.use('*', answerInTime());
  app.use('/api/*', session);
  app.use('/api/*', onlyForPageUser);
  serveReference(app, sessionCookieName(PUBLIC_URL));
  return app;
};
