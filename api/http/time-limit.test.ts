import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { Env } from './env.ts';
import { onError } from './on-error.ts';
import { answerInTime } from './time-limit.ts';

const log = { warn: () => undefined, error: () => undefined };

const appWith = (handler: () => Promise<string>): Hono<Env> => {
  const app = new Hono<Env>();
  app.onError(onError);
  app.use('*', async (c, next) => {
    c.set('requestId', 'one');
    c.set('context', { log } as never);
    await next();
  });
  app.use('*', answerInTime(20));
  app.get('/', async (c) => c.text(await handler()));
  return app;
};

test('whoever is not answered in time hears that it may still be done, and when to look again', async () => {
  const answer = await appWith(() => new Promise(() => undefined)).request('/');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
  expect(await answer.json()).toMatchObject({
    code: 'unavailable',
    detail: expect.stringContaining('may still be done'),
  });
});

test('what fails after its time changes nothing any more', async () => {
  const { promise, reject } = Promise.withResolvers<string>();
  const answer = await appWith(() => promise).request('/');
  reject(new Error('late'));
  await expect(promise).rejects.toThrow('late');
  expect(answer.status).toBe(503);
});

test('an answer in time is the handler’s own', async () => {
  const answer = await appWith(() => Promise.resolve('here')).request('/');
  expect([answer.status, await answer.text()]).toEqual([200, 'here']);
});
