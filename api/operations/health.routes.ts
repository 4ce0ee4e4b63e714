import { z } from 'zod';
import { json, ok } from '../http/answers.ts';
import { anyone } from '../http/policy.ts';
import { createRouter, endpoint } from '../http/router.ts';
import { checkReadiness } from './health.ts';

const tags = ['Operation'];

const live = endpoint(anyone, {
  method: 'get',
  path: '/healthz',
  tags,
  summary: 'This process runs',
  responses: { 200: ok(z.object({ alive: z.literal(true) })) },
});

const readiness = z.object({
  ready: z.boolean(),
  postgres: z.boolean(),
  temporal: z.boolean(),
  queues: z.record(z.string(), z.boolean()),
});

const ready = endpoint(anyone, {
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'Red while PostgreSQL, Temporal or the workers of a queue are missing',
  responses: { 200: ok(readiness), 503: { description: 'Something is missing', ...json(readiness) } },
});

export const createHealthRoutes = () =>
  createRouter()
    .openapi(live, (c) => c.json({ alive: true } as const, 200))
    .openapi(ready, async (c) => {
      const state = await checkReadiness(c.var.context);
      return state.ready ? c.json(state, 200) : c.json(state, 503);
    });
