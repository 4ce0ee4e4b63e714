import { z } from 'zod';
import { readConfig } from '../../api/config.ts';
import { createContext } from '../../api/context.ts';
import { json, ok } from '../../api/http/answers.ts';
import { createBase } from '../../api/http/base.ts';
import { createHttpServer } from '../../api/http/http-server.ts';
import { anyone } from '../../api/http/policy.ts';
import { AppError } from '../../api/http/problem.ts';
import { createRouter, endpoint } from '../../api/http/router.ts';
import { line } from '../../api/http/text.schema.ts';
import { noteFor } from '../notes.ts';

// The base of our API with routes that each do one thing wrong, to see that the tests find it.

const form = z.object({ subject: line(5, 70), version: z.int().min(0) });
const strictForm = z.strictObject(form.shape);
const done = { 200: ok(z.object({ taken: z.boolean() })) };
const taken = { taken: true };

const wrong = (name: string, schema: z.ZodType = strictForm) =>
  endpoint(anyone, { method: 'post', path: `/api/planted/${name}`, request: { body: json(schema) }, responses: done });

const hoard: string[][] = [];

/** Keeps the thread busy for so many milliseconds of its own time. */
const compute = (milliseconds: number): void => {
  const before = process.threadCpuUsage();
  for (let spent = 0; spent < milliseconds; ) {
    const { user, system } = process.threadCpuUsage(before);
    spent = (user + system) / 1_000;
  }
};

const routes = createRouter()
  .openapi(wrong('nothing'), (c) => c.json(taken, 200))
  .openapi(wrong('leaks'), () => {
    throw new AppError('not_allowed', new Error('insert into "helpdesk"."ticket"').stack ?? '');
  })
  .openapi(wrong('writes'), async (c) => {
    await noteFor(c.var.em, { ticketNumber: 'TX20200101000000', authorId: 1, text: 'Too early.' });
    throw new AppError('not_allowed', 'This is not possible now.');
  })
  .openapi(wrong('throws'), () => {
    throw new TypeError('Nobody thought of this');
  })
  .openapi(wrong('forgives', form), (c) => c.json(taken, 200))
  .openapi(wrong('blocks'), (c) => {
    compute(300);
    return c.json(taken, 200);
  })
  .openapi(wrong('keeps'), (c) => {
    hoard.push(Array.from({ length: 500_000 }, (_none, index) => `${index}`.slice(0, 1)));
    return c.json(taken, 200);
  });

const config = readConfig();
const context = await createContext(config, 'planted');
const server = createHttpServer(createBase(context).route('/', routes).fetch, context);
server.listen(config.PORT, config.HOST, () => context.log.info('api ready'));

process.once('SIGTERM', () => {
  server.close();
  void context.close();
});
