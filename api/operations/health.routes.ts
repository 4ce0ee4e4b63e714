import { z } from 'zod';
import { json, ok } from '../http/answers.ts';
import { anyOf, anyone, role } from '../http/policy.ts';
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

const yesOrNo = z.object({ ready: z.boolean() });

const ready = endpoint(anyone, {
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'Red while PostgreSQL, Temporal or the workers of a queue are missing; an admin can ask which',
  responses: { 200: ok(yesOrNo), 503: { description: 'Something is missing', ...json(yesOrNo) } },
});

const details = z.object({
  ...yesOrNo.shape,
  postgres: z.boolean(),
  temporal: z.boolean(),
  queues: z.record(z.string(), z.boolean()),
  missing: z.array(z.string()),
});

const readiness = endpoint(anyOf(role('tts', 'admin'), role('hdts', 'admin')), {
  method: 'get',
  path: '/api/operations/readiness',
  tags,
  summary: 'What /readyz misses, and why',
  responses: { 200: ok(details) },
});

export const createHealthRoutes = () =>
  createRouter()
    .openapi(live, (c) => c.json({ alive: true } as const, 200))
    .openapi(ready, async (c) => {
      const state = await checkReadiness(c.var.context);
      return c.json({ ready: state.ready }, state.ready ? 200 : 503);
    })
    .openapi(readiness, async (c) => c.json(await checkReadiness(c.var.context), 200));
