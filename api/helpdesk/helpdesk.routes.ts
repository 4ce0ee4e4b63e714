import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { TicketSearch } from '../db/search/ticket-search.ts';
import { json, ok } from '../http/answers.ts';
import { onceHeaders } from '../http/idempotency-key.ts';
import { pageOf } from '../http/page.schema.ts';
import type { PersonLimits } from '../http/rate-limit-person.ts';
import { createRouter, endpoint } from '../http/router.ts';
import { ticketNumber } from '../http/text.schema.ts';
import type { SessionUser } from '../http/user.ts';
import { submission } from './form.schema.ts';
import { listTickets } from './list.service.ts';
import { countTickets, visibleTicket } from './read.service.ts';
import { submitWithinLimit } from './submit-within-limit.ts';
import { readers, requesters } from './ticket.policy.ts';
import { commandResult, type TicketView, ticketCounts, ticketQuery, ticketRow, ticketView } from './ticket.schema.ts';
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
  limited: true,
  request: { query: ticketQuery },
  responses: { 200: ok(pageOf(ticketRow)) },
});

const submit = endpoint(requesters, {
  method: 'post',
  path,
  tags,
  summary: 'Submit a ticket',
  limited: true,
  request: {
    headers: onceHeaders,
    body: json(submission),
  },
  responses: { 201: ok(commandResult) },
});

const counts = endpoint(readers, {
  method: 'get',
  path: `${path}/counts`,
  tags,
  summary: 'How many tickets stand in each status',
  request: { query: ticketQuery.omit({ q: true, sort: true, cursor: true, limit: true }) },
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

/** Reads a ticket and its timeline for somebody who may see it. @throws AppError `not_found`. */
export type ReadTicket = (em: EntityManager, number: string, reader: SessionUser) => Promise<TicketView>;

/** Reads tickets, also for the page of another module. */
export const createReadTicket = (config: Pick<Config, 'TEMPORAL_UI_URL' | 'TEMPORAL_NAMESPACE'>) => {
  const link = { temporalUi: config.TEMPORAL_UI_URL, namespace: config.TEMPORAL_NAMESPACE };
  return async (em: EntityManager, number: string, reader: SessionUser): Promise<TicketView> => {
    const ticket = await visibleTicket(em, number, reader);
    return viewOf(ticket, await timelineOf(em, number, reader.id), reader, link);
  };
};

export const createHelpdeskRoutes = (readTicket: ReadTicket, search: TicketSearch, limits: PersonLimits) =>
  createRouter()
    .openapi(list, async (c) => {
      const { user, em } = c.var;
      const query = c.req.valid('query');
      if (query.q !== undefined) await limits.count(em, 'searches', user.id);
      return c.json(await listTickets(em, query, user, search), 200);
    })
    .openapi(submit, async (c) => {
      const { user, em } = c.var;
      const idempotencyKey = c.req.valid('header')['idempotency-key'];
      const wanted = { requester: user, idempotencyKey, form: c.req.valid('json') };
      const { ticket } = await submitWithinLimit(em, limits, wanted);
      return c.json({ number: ticket.number, status: ticket.status, version: ticket.version }, 201);
    })
    .openapi(counts, async (c) => {
      return c.json({ counts: await countTickets(c.var.em, c.req.valid('query'), c.var.user) }, 200);
    })
    .openapi(read, async (c) => c.json(await readTicket(c.var.em, c.req.valid('param').number, c.var.user), 200));
