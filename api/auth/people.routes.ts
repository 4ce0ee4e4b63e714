import { z } from 'zod';
import { ok } from '../http/answers.ts';
import { anyOf, anyRole, role } from '../http/policy.ts';
import { createRouter, endpoint } from '../http/router.ts';
import { peopleQuery, personRow } from './people.schema.ts';
import { listPeople } from './people-list.service.ts';

/** Everybody who sees tickets of other people, with their names. */
const staff = anyOf(anyRole('tts'), role('hdts', 'ticket_coordinator'), role('hdts', 'admin'));

const list = endpoint(staff, {
  method: 'get',
  path: '/people',
  tags: ['auth'],
  summary: 'People by name, for choosing one; at most 10',
  request: { query: peopleQuery },
  responses: { 200: ok(z.object({ items: z.array(personRow) })) },
});

export const peopleRoutes = createRouter().openapi(list, async (c) =>
  c.json({ items: await listPeople(c.var.em, c.req.valid('query')) }, 200),
);
