import { ok } from '../http/answers.ts';
import { callerKey } from '../http/client-address.ts';
import { anyone, signedIn } from '../http/policy.ts';
import { limitSignIn } from '../http/rate-limit.ts';
import { createRouter, endpoint } from '../http/router.ts';
import { me, session, signInBody } from './auth.schema.ts';
import { checkCredentials, meView } from './auth.service.ts';
import { sessionsOf } from './lucia.ts';

const meContent = { 'application/json': { schema: me } };

const signInRoute = endpoint(anyone, {
  method: 'post',
  path: '/auth/sign-in',
  tags: ['auth'],
  summary: 'Sign in; the session travels in a cookie',
  request: { body: { content: { 'application/json': { schema: signInBody } } } },
  responses: { 200: { description: 'Who is signed in now', content: meContent } },
});

const signOutRoute = endpoint(signedIn, {
  method: 'post',
  path: '/auth/sign-out',
  tags: ['auth'],
  summary: 'End this session',
  responses: { 204: { description: 'Signed out' } },
});

// The first request of a page. Unlike `/me`, it returns null when nobody is signed in, so the browser's console shows no error.
const sessionRoute = endpoint(anyone, {
  method: 'get',
  path: '/auth/session',
  tags: ['auth'],
  summary: 'Whether somebody is signed in here, and who',
  responses: { 200: ok(session) },
});

const meRoute = endpoint(signedIn, {
  method: 'get',
  path: '/me',
  tags: ['auth'],
  summary: 'Who is signed in, and with which roles in which systems',
  responses: { 200: { description: 'The signed-in user', content: meContent } },
});

export const authRoutes = createRouter()
  .openapi(signInRoute, async (c) => {
    const { em, context } = c.var;
    const credentials = c.req.valid('json');
    const attempt = { account: credentials.email, address: callerKey(c.var.address) };
    const user = await limitSignIn(em, attempt, () => checkCredentials(em, credentials));
    const sessions = sessionsOf(em, context.config.PUBLIC_URL);
    // An earlier session in this browser may be somebody else's, so end it.
    const before = sessions.tokenIn(c.req.header('cookie'));
    if (before !== null) await sessions.end(before);
    const { cookie } = await sessions.create(user.id);
    c.header('Set-Cookie', cookie, { append: true });
    return c.json(meView(user), 200);
  })
  .openapi(signOutRoute, async (c) => {
    const sessions = sessionsOf(c.var.em, c.var.context.config.PUBLIC_URL);
    const token = sessions.tokenIn(c.req.header('cookie'));
    if (token !== null) await sessions.end(token);
    c.header('Set-Cookie', sessions.blankCookie(), { append: true });
    return c.body(null, 204);
  })
  .openapi(sessionRoute, (c) => c.json({ me: c.var.user && meView(c.var.user) }, 200))
  .openapi(meRoute, (c) => c.json(meView(c.var.user), 200));
