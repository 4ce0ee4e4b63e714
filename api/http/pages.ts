import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from './env.ts';
import { isPagePath } from './page-paths.ts';

// Vite names each asset by its content; the page that names the assets must be asked for every time.
const forEver = 'public, max-age=31536000, immutable';

/**
 * Serves the built pages. A path that none of them has is not found: somebody who looks at it gets the page that says so, and
 * a program, such as one that expects metrics there, gets a problem.
 */
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
    if (isPagePath(path) && (path === '/' || !path.includes('.'))) return page(c, next);
    if (!path.includes('.') && c.req.header('Accept')?.includes('text/html')) {
      const answer = await page(c, next);
      return answer && new Response(answer.body, { status: 404, headers: answer.headers });
    }
    return file(c, next);
  });
};
