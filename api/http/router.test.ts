import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { hc } from 'hono/client';
import { expect, expectTypeOf, test } from 'vitest';
import type { Env } from './env.ts';
import { anyone, guard, role, signedIn } from './policy.ts';
import { assertGuarded, createRouter, endpoint } from './router.ts';
import type { SessionUser } from './user.ts';

const answer = {
  200: { description: 'Fine', content: { 'application/json': { schema: z.object({ ok: z.boolean() }) } } },
};

test('a route without a policy cannot be registered', () => {
  const bare = createRoute({ method: 'get', path: '/secrets', responses: answer });
  expect(() => createRouter().openapi(bare, (c) => c.json({ ok: true }, 200))).toThrow(
    'GET /secrets has no policy: make it with endpoint(policy, …)',
  );
});

test('an app names every route that came in another way', () => {
  const app = new OpenAPIHono<Env>();
  app.use('/api/*', async (_c, next) => next());
  app.get('/api/open', guard(anyone), (c) => c.text('fine'));
  app.get('/api/forgotten', (c) => c.text('oops'));
  app.route(
    '/api',
    new OpenAPIHono<Env>().post('/too/{id}', (c) => c.text('oops')),
  );
  app.all('/api/everything', (c) => c.text('oops'));
  expect(() => assertGuarded(app)).toThrow(
    'Routes without a policy: GET /api/forgotten, POST /api/too/{id}, ALL /api/everything.',
  );
});

test('an app made of endpoints alone is accepted', () => {
  const router = createRouter()
    .openapi(endpoint(anyone, { method: 'get', path: '/a/{id}', responses: answer }), (c) => c.json({ ok: true }, 200))
    .openapi(endpoint(signedIn, { method: 'post', path: '/a', responses: answer }), (c) => c.json({ ok: true }, 200));
  expect(() => assertGuarded(new OpenAPIHono<Env>().route('/api', router))).not.toThrow();
});

test('the document says for whom a route is and what it may answer', () => {
  const router = createRouter().openapi(
    endpoint(role('tts', 'admin'), { method: 'get', path: '/reports', responses: answer }),
    (c) => c.json({ ok: true }, 200),
  );
  const document = router.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 't', version: '1' } });
  const operation = document.paths?.['/reports']?.get;
  expect(operation?.description).toBe('For Admin of TTS.');
  expect(operation?.security).toEqual([{ session: [] }]);
  expect(Object.keys(operation?.responses ?? {})).toEqual(['200', '401', '403', '409', '503']);
});

test('behind a guard the user is known to be there, and the client knows input and answer', () => {
  const body = { content: { 'application/json': { schema: z.strictObject({ name: z.string() }) } } };
  const router = createRouter()
    .openapi(endpoint(signedIn, { method: 'post', path: '/closed', request: { body }, responses: answer }), (c) => {
      expectTypeOf(c.var.user).toEqualTypeOf<SessionUser>();
      expectTypeOf(c.req.valid('json')).toEqualTypeOf<{ name: string }>();
      return c.json({ ok: true }, 200);
    })
    .openapi(endpoint(anyone, { method: 'get', path: '/open', responses: answer }), (c) => {
      expectTypeOf(c.var.user).toEqualTypeOf<SessionUser | null>();
      return c.json({ ok: true }, 200);
    });
  const client = hc<typeof router>('http://localhost');
  expectTypeOf(client.closed.$post).parameter(0).toEqualTypeOf<{ json: { name: string } }>();
  expectTypeOf<Awaited<ReturnType<Awaited<ReturnType<typeof client.open.$get>>['json']>>>().toEqualTypeOf<{
    ok: boolean;
  }>();
});
