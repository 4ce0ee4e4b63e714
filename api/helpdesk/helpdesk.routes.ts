import { z } from 'zod';
import type { ReadTicket, SendCommand } from '../commands/ports.ts';
import type { Config } from '../config.ts';
import { json, ok } from '../http/answers.ts';
import { pageOf } from '../http/page.schema.ts';
import { createRouter, endpoint } from '../http/router.ts';
import type { SessionUser } from '../http/user.ts';
import { submission } from './form.schema.ts';
import { listTickets } from './list.service.ts';
import { countTickets, ownTicket, visibleTicket } from './read.service.ts';
import { submitTicket } from './submit.service.ts';
import { readers, requesters, ticketCommands } from './ticket.policy.ts';
import {
  closeTicket,
  commandResult,
  openTicket,
  rejectTicket,
  ticketCounts,
  ticketNumber,
  ticketQuery,
  ticketRow,
  ticketView,
  withdrawTicket,
} from './ticket.schema.ts';
import { viewOf } from './ticket.view.ts';
import { timelineOf } from './timeline.service.ts';

const tags = ['Help desk'];
const params = z.strictObject({ number: ticketNumber });
const path = '/api/helpdesk/tickets';

const list = endpoint(readers, {
  method: 'get',
  path,
  tags,
  summary: 'Tickets, newest first',
  request: { query: ticketQuery },
  responses: { 200: ok(pageOf(ticketRow)) },
});

const submit = endpoint(requesters, {
  method: 'post',
  path,
  tags,
  summary: 'Submit a ticket',
  request: {
    headers: z.object({
      'idempotency-key': z
        .string({ error: 'Send an Idempotency-Key, the same one with each retry.' })
        .regex(/^[\w-]{8,128}$/, 'Use 8 to 128 letters, digits, - or _.'),
    }),
    body: json(submission),
  },
  responses: { 201: ok(commandResult) },
});

const counts = endpoint(readers, {
  method: 'get',
  path: `${path}/counts`,
  tags,
  summary: 'How many tickets stand in each status',
  request: { query: ticketQuery.pick({ scope: true }) },
  responses: { 200: ok(ticketCounts) },
});

const read = endpoint(readers, {
  method: 'get',
  path: `${path}/{number}`,
  tags,
  summary: 'A ticket with its history and what you may do',
  request: { params },
  responses: { 200: ok(ticketView) },
});

const open = endpoint(ticketCommands.open, {
  method: 'post',
  path: `${path}/{number}/open`,
  tags,
  summary: 'Open a new ticket: it goes to its workflow',
  request: { params, body: json(openTicket) },
  responses: { 200: ok(commandResult) },
});

const reject = endpoint(ticketCommands.reject, {
  method: 'post',
  path: `${path}/{number}/reject`,
  tags,
  summary: 'Reject a new ticket',
  request: { params, body: json(rejectTicket) },
  responses: { 200: ok(commandResult) },
});

const withdraw = endpoint(ticketCommands.withdraw, {
  method: 'post',
  path: `${path}/{number}/withdraw`,
  tags,
  summary: 'Withdraw a ticket of your own',
  request: { params, body: json(withdrawTicket) },
  responses: { 200: ok(commandResult) },
});

const close = endpoint(ticketCommands.close, {
  method: 'post',
  path: `${path}/{number}/close`,
  tags,
  summary: 'Close a resolved ticket of your own',
  request: { params, body: json(closeTicket) },
  responses: { 200: ok(commandResult) },
});

/** Reads a ticket for another module's page. */
export const createReadTicket = (config: Pick<Config, 'TEMPORAL_UI_URL' | 'TEMPORAL_NAMESPACE'>): ReadTicket => {
  const link = { temporalUi: config.TEMPORAL_UI_URL, namespace: config.TEMPORAL_NAMESPACE };
  return async (em, number, reader: SessionUser) => {
    const ticket = await visibleTicket(em, number, reader);
    return viewOf(ticket, await timelineOf(em, number), reader, link);
  };
};

export const createHelpdeskRoutes = (send: SendCommand, readTicket: ReadTicket) =>
  createRouter()
    .openapi(list, async (c) => c.json(await listTickets(c.var.em, c.req.valid('query'), c.var.user), 200))
    .openapi(submit, async (c) => {
      const { user, em } = c.var;
      const idempotencyKey = c.req.valid('header')['idempotency-key'];
      const { ticket } = await submitTicket(em, { requester: user, idempotencyKey, form: c.req.valid('json') });
      return c.json({ number: ticket.number, status: ticket.status, version: ticket.version }, 201);
    })
    .openapi(counts, async (c) => {
      return c.json({ counts: await countTickets(c.var.em, c.req.valid('query').scope, c.var.user) }, 200);
    })
    .openapi(read, async (c) => c.json(await readTicket(c.var.em, c.req.valid('param').number, c.var.user), 200))
    .openapi(open, async (c) => {
      const { number } = c.req.valid('param');
      const body = c.req.valid('json');
      return c.json(await send(c.var.em, number, { kind: 'open', actorId: c.var.user.id, ...body }), 200);
    })
    .openapi(reject, async (c) => {
      const { number } = c.req.valid('param');
      const { version, reason } = c.req.valid('json');
      return c.json(await send(c.var.em, number, { kind: 'reject', actorId: c.var.user.id, version }, reason), 200);
    })
    .openapi(withdraw, async (c) => {
      const { number } = c.req.valid('param');
      const { version, reason } = c.req.valid('json');
      await ownTicket(c.var.em, number, c.var.user);
      return c.json(await send(c.var.em, number, { kind: 'withdraw', actorId: c.var.user.id, version }, reason), 200);
    })
    .openapi(close, async (c) => {
      const { number } = c.req.valid('param');
      const { version } = c.req.valid('json');
      await ownTicket(c.var.em, number, c.var.user);
      return c.json(await send(c.var.em, number, { kind: 'close', actorId: c.var.user.id, version }), 200);
    });
