import { z } from 'zod';
import type { TicketSearch } from '../db/search/ticket-search.ts';
import { ok } from '../http/answers.ts';
import { pageOf } from '../http/page.schema.ts';
import type { PersonLimits } from '../http/rate-limit-person.ts';
import { createRouter, endpoint } from '../http/router.ts';
import { listDefinitions } from './definition-list.service.ts';
import { readOverview } from './overview.service.ts';
import { listTasks } from './queue.service.ts';
import { agents } from './task.policy.ts';
import { definitionRow, overview, overviewQuery, taskCounts, taskQuery, taskRow } from './task.schema.ts';
import { countTasks } from './task-counts.service.ts';

const tags = ['Tracking'];
const path = '/api/tracking/tasks';

const list = endpoint(agents, {
  method: 'get',
  path,
  tags,
  summary: 'A queue of the desk',
  limited: true,
  request: { query: taskQuery },
  responses: { 200: ok(pageOf(taskRow)) },
});

const counts = endpoint(agents, {
  method: 'get',
  path: `${path}/counts`,
  tags,
  summary: 'How long the queues are',
  responses: { 200: ok(taskCounts) },
});

const figures = endpoint(agents, {
  method: 'get',
  path: '/api/tracking/overview',
  tags,
  summary: 'The figures of the overview, for admins',
  request: { query: overviewQuery },
  responses: { 200: ok(overview) },
});

const workflows = endpoint(agents, {
  method: 'get',
  path: '/api/tracking/workflows',
  tags,
  summary: 'The published workflows',
  responses: { 200: ok(z.object({ items: z.array(definitionRow) })) },
});

export const createTrackingRoutes = (search: TicketSearch, limits: PersonLimits) =>
  createRouter()
    .openapi(list, async (c) => {
      const { user, em } = c.var;
      const query = c.req.valid('query');
      if (query.q !== undefined) await limits.count(em, 'searches', user.id);
      return c.json(await listTasks(em, query, user, search), 200);
    })
    .openapi(counts, async (c) => c.json(await countTasks(c.var.em, c.var.user), 200))
    .openapi(figures, async (c) => c.json(await readOverview(c.var.em, c.req.valid('query'), c.var.user), 200))
    .openapi(workflows, async (c) => c.json({ items: await listDefinitions(c.var.em) }, 200));
