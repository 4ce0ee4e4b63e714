import { z } from 'zod';
import { type ReadTicket, type SendCommand, ticketView } from '../commands/ports.ts';
import { ask } from '../db/statements.ts';
import { json, ok } from '../http/answers.ts';
import { pageOf } from '../http/page.schema.ts';
import { AppError } from '../http/problem.ts';
import { createRouter, endpoint } from '../http/router.ts';
import { listDefinitions } from './definition-list.service.ts';
import { publishedVersionOf } from './definitions.service.ts';
import { listTasks } from './queue.service.ts';
import { agents, taskCommands } from './task.policy.ts';
import {
  actOnTask,
  commandResult,
  definitionRow,
  number,
  routeTask,
  taskCounts,
  taskQuery,
  taskRow,
  taskView,
} from './task.schema.ts';
import { mayAct, readTask } from './task.service.ts';
import { countTasks } from './task-counts.service.ts';

const tags = ['Tracking'];
const params = z.strictObject({ number });
const path = '/api/tracking/tasks';

const list = endpoint(agents, {
  method: 'get',
  path,
  tags,
  summary: 'A queue of the desk',
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

const read = endpoint(agents, {
  method: 'get',
  path: `${path}/{number}`,
  tags,
  summary: 'A ticket at the desk: stages, actions with their reasons, and the ticket itself',
  request: { params },
  responses: { 200: ok(taskView.extend({ ticket: ticketView })) },
});

const act = endpoint(taskCommands.act, {
  method: 'post',
  path: `${path}/{number}/actions`,
  tags,
  summary: 'Act on the step you hold, or take a step over',
  request: { params, body: json(actOnTask) },
  responses: { 200: ok(commandResult) },
});

const route = endpoint(taskCommands.route, {
  method: 'post',
  path: `${path}/{number}/route`,
  tags,
  summary: 'Choose a workflow for an unrouted ticket',
  request: { params, body: json(routeTask) },
  responses: { 200: ok(commandResult) },
});

const workflows = endpoint(agents, {
  method: 'get',
  path: '/api/tracking/workflows',
  tags,
  summary: 'The published workflows',
  responses: { 200: ok(z.object({ items: z.array(definitionRow) })) },
});

export const createTrackingRoutes = (send: SendCommand, readTicket: ReadTicket) =>
  createRouter()
    .openapi(list, async (c) => c.json(await listTasks(c.var.em, c.req.valid('query'), c.var.user), 200))
    .openapi(counts, async (c) => c.json(await countTasks(c.var.em, c.var.user), 200))
    .openapi(read, async (c) => {
      const { em, user } = c.var;
      const { number: ticketNumber } = c.req.valid('param');
      const task = await readTask(em, ticketNumber, user);
      const ticket = await readTicket(em, ticketNumber, user);
      return c.json({ ...task, workflowUrl: ticket.workflowUrl, ticket }, 200);
    })
    .openapi(act, async (c) => {
      const { em, user } = c.var;
      const { number: ticketNumber } = c.req.valid('param');
      const { version, action, note } = c.req.valid('json');
      const gate = mayAct(em, ticketNumber, user, version);
      if (action === 'take')
        return c.json(await send(em, ticketNumber, { kind: 'take', actorId: user.id, version }, undefined, gate), 200);
      if (note === undefined) {
        await gate.admit(await ask(em, gate.asked));
        throw new AppError('invalid_input', 'Say in a sentence what you did or why.', {
          errors: [{ path: 'note', message: 'Say in a sentence what you did or why.' }],
        });
      }
      const command = { kind: 'act', actorId: user.id, version, transition: action } as const;
      return c.json(await send(em, ticketNumber, command, note, gate), 200);
    })
    .openapi(route, async (c) => {
      const { em, user } = c.var;
      const { version, workflowId } = c.req.valid('json');
      const workflowVersionId = await publishedVersionOf(em, workflowId);
      const command = { kind: 'route', actorId: user.id, version, workflowVersionId } as const;
      return c.json(await send(em, c.req.valid('param').number, command), 200);
    })
    .openapi(workflows, async (c) => c.json({ items: await listDefinitions(c.var.em) }, 200));
