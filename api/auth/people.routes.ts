import { z } from 'zod';
import { ok } from '../http/answers.ts';
import { anyOf, anyRole, role } from '../http/policy.ts';
import type { PersonLimits } from '../http/rate-limit-person.ts';
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

export const createPeopleRoutes = (limits: PersonLimits) =>
  createRouter().openapi(list, async (c) => {
    const { em, user } = c.var;
    const query = c.req.valid('query');
    if (query.q !== undefined) await limits.count(em, 'searches', user.id);
    return c.json({ items: await listPeople(em, query) }, 200);
  });
