import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { hdtsAccounts, systemAdmin, ttsAccounts } from '../../../seeds/accounts.ts';
import { employeeSeeds } from '../../../seeds/employees.ts';
import { movesOf } from '../../../seeds/fates.ts';
import { people } from '../../../seeds/people.ts';
import { adminRole, hdtsRoles, ttsRoles } from '../../../seeds/roles.ts';
import { systemSeeds } from '../../../seeds/systems.ts';
import { type TicketBatch, ticketSeed } from '../../../seeds/tickets.ts';
import { workflowSeeds } from '../../../seeds/workflows.ts';

/** How much `seed.all` is to make. */
export interface SeedCounts {
  people: number;
  tickets: number;
  ticketsOpen: number;
}

type Fact = string;

const systemsAndRoles = (): Fact[] => [
  ...systemSeeds.map(({ slug }) => `system ${slug}`),
  ...new Set(
    [...systemSeeds.map(({ slug }) => adminRole(slug)), ...ttsRoles, ...hdtsRoles].map(
      ({ system, name }) => `role ${name} of ${system}`,
    ),
  ),
];

const accounts = (count: number): Fact[] =>
  [
    ...systemSeeds.map(({ slug }) => systemAdmin(slug)),
    ...ttsAccounts,
    ...hdtsAccounts,
    ...employeeSeeds,
    ...people('hdts', count),
  ].flatMap(({ email, roles }) => {
    const name = email.toLowerCase();
    return [`user ${name}`, ...roles.map(({ system, role }) => `${name} is ${role} of ${system}`)];
  });

const tickets = (batch: TicketBatch, count: number): Fact[] =>
  Array.from({ length: count }, (_, n) => {
    const { key, fate } = ticketSeed(n, { batch, today: '2026-11-23' });
    return `ticket ${key} has come through ${movesOf[fate].length} commands`;
  });

const expected = (asked: SeedCounts): Fact[] => [
  ...systemsAndRoles(),
  ...accounts(asked.people),
  ...workflowSeeds.map(({ name }) => `workflow ${name}, version 1`),
  ...tickets('tickets', asked.tickets),
  ...tickets('tickets_open', asked.ticketsOpen),
];

// One fact for each row: what is there twice is found twice.
const selectFacts = `
  select 'system ' || slug as fact from auth.system
  union all select 'role ' || r.name || ' of ' || s.slug from auth.role r join auth.system s on s.id = r.system_id
  union all select 'user ' || email from auth."user"
  union all select u.email || ' is ' || r.key || ' of ' || s.slug from auth.user_system_role a
    join auth."user" u on u.id = a.user_id join auth.role r on r.id = a.role_id join auth.system s on s.id = r.system_id
  union all select 'workflow ' || w.name || ', version ' || v.version from tracking.workflow_definition w
    join tracking.workflow_version v on v.workflow_definition_id = w.id
  union all select 'ticket ' || t.idempotency_key || ' has come through ' || (
      select count(*) from helpdesk.timeline_entry l where l.ticket_number = t.number
        and l.kind in ('opened', 'refused', 'step_done', 'withdrawn', 'closed')
    ) || ' commands' from helpdesk.ticket t`;

/** Everything that seeding makes is there, once, and nothing else. @throws AssertionError that shows what differs. */
export const assertSeeded = async (database: Pool, asked: SeedCounts): Promise<number> => {
  const { rows } = await database.query<{ fact: Fact }>(selectFacts);
  const wanted = expected(asked).toSorted();
  assert.deepEqual(rows.map(({ fact }) => fact).toSorted(), wanted, 'What was seeded is not what it should be');
  return wanted.length;
};
