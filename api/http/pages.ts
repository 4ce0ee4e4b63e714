import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from './env.ts';

// Vite names each asset by its content; the page that names the assets must be asked for every time.
const forEver = 'public, max-age=31536000, immutable';

/** Serves the built pages; every path that is not the API's is a page of the web app. */
export const servePages = (app: OpenAPIHono<Env>, root: string): void => {
  app.use(
    '/assets/*',
    serveStatic({ root, precompressed: true, onFound: (_path, c) => c.header('Cache-Control', forEver) }),
  );
  const file = serveStatic({ root });
  const page = serveStatic({
    root,
    path: 'index.html',
    onFound: (_path, c) => c.header('Cache-Control', 'no-cache'),
  });
  app.use('*', async (c, next) => {
    const { path, method } = c.req;
    const isPage = (method === 'GET' || method === 'HEAD') && !path.startsWith('/api/') && path !== '/openapi.json';
    if (!isPage) return next();
    if (path === '/' || !path.includes('.')) return page(c, next);
    return file(c, next);
  });
};
