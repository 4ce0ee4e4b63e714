import { z } from 'zod';
import type { ReadTicket } from '../helpdesk/helpdesk.routes.ts';
import { ticketView } from '../helpdesk/ticket.schema.ts';
import { ok } from '../http/answers.ts';
import { createRouter, endpoint } from '../http/router.ts';
import { ticketNumber } from '../http/text.schema.ts';
import { messagePage } from '../messaging/message.schema.ts';
import { agents } from '../tracking/task.policy.ts';
import { taskView } from '../tracking/task.schema.ts';
import { readTask } from '../tracking/task.service.ts';
import { newestMessages } from './conversation.ts';

// The ticket page of the desk joins tracking's task, the help desk's ticket and what people have said on it, so that it takes
// one round trip; the modules do not import each other.

const read = endpoint(agents, {
  method: 'get',
  path: '/api/tracking/tasks/{number}',
  tags: ['Tracking'],
  summary: 'A ticket at the desk: its steps, the commands it offers with their reasons, and the ticket itself',
  request: { params: z.strictObject({ number: ticketNumber }) },
  responses: { 200: ok(taskView.extend({ ticket: ticketView, conversation: messagePage })) },
});

export const createTaskPageRoutes = (readTicket: ReadTicket) =>
  createRouter().openapi(read, async (c) => {
    const { em, user } = c.var;
    const { number } = c.req.valid('param');
    const task = await readTask(em, number, user);
    const ticket = await readTicket(em, number, user);
    const conversation = await newestMessages(em, ticket, user);
    return c.json({ ...task, workflowUrl: ticket.workflowUrl, ticket, conversation }, 200);
  });
