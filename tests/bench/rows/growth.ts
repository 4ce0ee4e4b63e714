import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Client } from '@temporalio/client';
import { createTemporalClient } from '../../../api/temporal/client.ts';
import { deliveryWorkflowId, ticketWorkflowId } from '../../../workflows/names.ts';
import { each } from '../../rig/each.ts';
import type { Bench, Group } from '../bench.ts';
import { productClients } from '../stack/sessions.ts';
import { actOn, agentClients, type Living, makeLiving, signInAgents } from './living.ts';

// How much storage a ticket takes: in PostgreSQL as the average over all tickets, of which one in ten is open; in Temporal
// for tickets that go from submission to closing.

const lives = 24;
/** The shortest path, with nothing sent back. */
const shortestWay: Record<string, string> = { triage: 'submit', resolve: 'approve', finalize: 'finalize' };

interface Grown {
  name: string;
  rows: number;
  bytes: number;
}

const inPostgres = async ({ database }: Bench): Promise<Grown[]> => {
  const { rows } = await database.query<{ name: string; bytes: number }>(
    `select schemaname || '.' || relname as name, pg_total_relation_size(relid)::float8 as bytes
     from pg_stat_user_tables where schemaname in ('helpdesk', 'tracking', 'messaging', 'notification') order by 1`,
  );
  const tables: Grown[] = [];
  for (const { name, bytes } of rows) {
    const { rows: counted } = await database.query<{ rows: number }>(`select count(*)::int as rows from ${name}`);
    tables.push({ name, rows: counted[0]?.rows ?? 0, bytes });
  }
  return tables;
};

/** The bytes of the Temporal server's database, including its log. */
const temporalBytes = ({ product }: Bench): number => {
  const file = new DatabaseSync(join(product.servers.folder, 'temporal.db'), { readOnly: true });
  const pragma = (name: string): number => Number(Object.values(file.prepare(`pragma ${name}`).get() ?? {})[0] ?? 0);
  try {
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  } finally {
    file.close();
  }
};

/** Events and bytes of the histories of these workflows. */
const historiesOf = async (client: Client, ids: readonly string[]): Promise<{ events: number; bytes: number }> => {
  const sum = { events: 0, bytes: 0 };
  await each(ids, 4, async (id) => {
    const { historyLength, historySize } = await client.workflow.getHandle(id).describe();
    sum.events += historyLength;
    sum.bytes += historySize ?? 0;
  });
  return sum;
};

const liveThrough = async (bench: Bench): Promise<Living[]> => {
  const agents = agentClients(bench, await signInAgents(bench), 0);
  const [employee] = productClients(bench.product, bench.sessions.employee);
  const tickets = await makeLiving(bench, lives);
  await each(tickets, 4, async (ticket) => {
    for (const _step of Object.keys(shortestWay)) await actOn(bench, ticket, agents, shortestWay);
    const { version } = await ticket.place;
    await employee?.post(`/api/helpdesk/tickets/${ticket.number}/close`, { version });
  });
  return tickets;
};

const deliveriesOf = async ({ database }: Bench, numbers: readonly string[]): Promise<string[]> => {
  const { rows } = await database.query<{ batch: string }>(
    `select distinct m.batch from notification.mail m join notification.notification n on n.id = m.notification_id
     where n.ticket = any($1) and m.batch is not null`,
    [numbers],
  );
  return rows.map(({ batch }) => deliveryWorkflowId(batch));
};

const tellPostgres = async (bench: Bench): Promise<void> => {
  const tables = await inPostgres(bench);
  const tickets = tables.find(({ name }) => name === 'helpdesk.ticket')?.rows ?? bench.tickets;
  const perTicket = (value: number): number => value / tickets;
  const grown = tables.filter(({ rows }) => perTicket(rows) > 0.01);
  bench.results.figures.push({
    name: `growth per ticket in PostgreSQL, of ${tickets.toLocaleString('en')} tickets`,
    value: perTicket(grown.reduce((sum, { bytes }) => sum + bytes, 0)) / 1_024,
    unit: 'KB',
    beside: grown
      .map(
        ({ name, rows, bytes }) =>
          `${name} ${perTicket(rows).toFixed(1)} rows, ${(perTicket(bytes) / 1_024).toFixed(2)} KB`,
      )
      .join('; '),
  });
};

const tellTemporal = async (bench: Bench): Promise<void> => {
  const { servers } = bench.product;
  const client = createTemporalClient({
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_NAMESPACE: servers.namespace,
  });
  const before = temporalBytes(bench);
  const numbers = (await liveThrough(bench)).map(({ number }) => number);
  await bench.settle();
  const grown = temporalBytes(bench) - before;
  const deliveries = await deliveriesOf(bench, numbers);
  const workflows = await historiesOf(client, numbers.map(ticketWorkflowId));
  const mails = await historiesOf(client, deliveries);
  await client.connection.close();
  const perTicket = (value: number): string => (value / lives).toFixed(0);
  bench.results.figures.push({
    name: `growth per ticket in Temporal, of ${lives} whole lives`,
    value: grown / lives / 1_024,
    unit: 'KB',
    beside:
      `its workflow ${perTicket(workflows.events)} events, ${perTicket(workflows.bytes)} bytes; ` +
      `the ${deliveries.length} rounds of its mails ${perTicket(mails.events)} events, ${perTicket(mails.bytes)} bytes`,
  });
};

export const growth: Group = {
  name: 'growth',
  at: 'the end',
  async run(bench) {
    bench.say('growth per ticket');
    await bench.settle();
    await tellPostgres(bench);
    await tellTemporal(bench);
  },
};
