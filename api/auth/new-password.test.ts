import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase, testConfig } from '../../tests/stack.ts';
import { type Context, createContext } from '../context.ts';
import { createBase } from '../http/base.ts';
import { openBrowser } from '../http/browser.fixture.ts';
import { authRoutes } from './auth.routes.ts';
import { renewPassword } from './new-password.ts';
import { makeUser } from './people.fixture.ts';

let database: TestDatabase;
let context: Context;

beforeAll(async () => {
  database = await freshDatabase();
  context = await createContext(testConfig({ DATABASE_URL: database.url }), 'test');
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

test('a renewed password replaces the old one and ends all sessions', async () => {
  const { email, password } = await makeUser(context.orm, { tts: ['Admin'] });
  const app = createBase(context).route('/api', authRoutes);
  const before = openBrowser(app);
  await before.signIn({ email, password });

  const renewed = await renewPassword(context.orm.em.fork(), email.toUpperCase());
  expect((await before.get('/api/me')).status).toBe(401);
  expect((await openBrowser(app).signIn({ email, password })).status).toBe(401);
  expect((await openBrowser(app).signIn({ email, password: renewed })).status).toBe(200);
});

test.each(['nobody@example.com', 'no address', ''])('for “%s” there is none', async (email) => {
  await expect(renewPassword(context.orm.em.fork(), email)).rejects.toMatchObject({ code: 'not_found' });
});
