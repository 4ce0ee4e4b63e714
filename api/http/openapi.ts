import { readFile } from 'node:fs/promises';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Scalar } from '@scalar/hono-api-reference';
import type { Env } from './env.ts';
import { contentSecurityPolicy } from './headers.ts';
import { anyone, guard } from './policy.ts';

const documentPath = '/openapi.json';
const pagePath = '/api/reference';
const scriptPath = '/api/reference/standalone.js';
const script = new URL('../../node_modules/@scalar/api-reference/dist/browser/standalone.js', import.meta.url);

// The page brings its styles in a script and its settings in an inline one.
const pagePolicy = (nonce: string): string => {
  const directives = {
    ...contentSecurityPolicy,
    scriptSrc: ["'self'", `'nonce-${nonce}'`],
    styleSrc: ["'self'", "'unsafe-inline'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`)
    .join('; ');
};

/** Serves the OpenAPI document of all routes and a page to read it, both without any foreign host. */
export const serveReference = (app: OpenAPIHono<Env>, cookieName: string): void => {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: cookieName,
  });

  app.get(documentPath, guard(anyone), (c) =>
    c.json(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'Ticket tracking',
          version: '1',
          description: [
            'Sign in with POST /api/auth/sign-in. Errors are application/problem+json with a stable code.',
            'A request with the header Page-User, the id of a user, is refused (409, other_user) when the session is of somebody else.',
          ].join(' '),
        },
      }),
    ),
  );

  app.get(scriptPath, guard(anyone), async (c) =>
    c.body(await readFile(script), 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=86400',
    }),
  );

  app.get(pagePath, guard(anyone), async (c, next) => {
    const nonce = crypto.randomUUID();
    c.header('Content-Security-Policy', pagePolicy(nonce));
    return Scalar<Env>({
      url: documentPath,
      cdn: scriptPath,
      nonce,
      pageTitle: 'Ticket tracking API',
      withDefaultFonts: false,
      telemetry: false,
      // These buttons lead to services of others.
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: 'never',
      hideClientButton: true,
    })(c, next);
  });
};
