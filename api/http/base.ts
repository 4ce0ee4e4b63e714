import { OpenAPIHono } from '@hono/zod-openapi';
import { sessionCookieName } from '../auth/lucia.ts';
import type { Context } from '../context.ts';
import type { Env } from './env.ts';
import { noStore, securityHeaders } from './headers.ts';
import { notFound, onError } from './on-error.ts';
import { serveReference } from './openapi.ts';
import { sameOriginOnly } from './origin.ts';
import { answerInTime, limitBody, requestScope, utf8Only } from './request.ts';
import { session } from './session.ts';

/** The application before its routes: what every request passes through, in this order. */
export const createBase = (context: Context): OpenAPIHono<Env> => {
  const { PUBLIC_URL } = context.config;
  const app = new OpenAPIHono<Env>();
  app.onError(onError);
  app.notFound(notFound);
  app.use('*', requestScope(context));
  app.use('*', securityHeaders(PUBLIC_URL));
  app.use('*', answerInTime());
  app.use('/api/*', noStore);
  app.use('/api/*', limitBody);
  app.use('/api/*', sameOriginOnly(PUBLIC_URL));
  app.use('/api/*', utf8Only);
  app.use('/api/*', session);
  serveReference(app, sessionCookieName(PUBLIC_URL));
  return app;
};
