import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common';
import { Pool } from 'pg';
import { migrate } from '../../../api/db/migrate.ts';
import { createTemporalClient } from '../../../api/temporal/client.ts';
import { queryOnce } from '../../../dev/postgres-address.ts';
import { prepareTemporal } from '../../../dev/temporal.ts';
import type { Arena } from './arena.ts';
import { type MailSink, startMailSink } from './mail.ts';
import type { ProductPart } from './product.ts';

/** An empty installation beside the arena's, on the same servers: for what begins with nothing, or clears everything. */
export interface Annex {
  database: Pool;
  client: Client;
  mail: MailSink;
  /** What its processes read besides. */
  settings: Readonly<Record<string, string>>;
  /** Starts a process of the product here. */
  add(file: string, more?: { settings?: Record<string, string>; args?: string[] }): Promise<ProductPart>;
  close(): Promise<void>;
}

const addressOf = ({ servers }: Arena, name: string): string => {
  const url = new URL(servers.databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
};

let count = 0;

export const openAnnex = async (arena: Arena): Promise<Annex> => {
  const { servers, product } = arena;
  count += 1;
  const name = `annex_${count}`;
  const databaseUrl = addressOf(arena, name);
  await queryOnce(servers.adminDatabaseUrl, `create database ${name} owner app`);
  await migrate(databaseUrl);
  await arena.client.workflowService.registerNamespace({
    namespace: name,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  await prepareTemporal({ address: servers.temporalAddress, namespace: name, callWithinMs: 30_000 });
  const mail = await startMailSink();
  const settings = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_NAMESPACE: name,
    SMTP_URL: mail.url,
    PUBLIC_URL: 'http://localhost:8000',
    NODE_COMPILE_CACHE: product.settings.NODE_COMPILE_CACHE ?? '',
  };
  const database = new Pool({ connectionString: databaseUrl, max: 2 });
  // A connection that a fault has cut is opened again by the next query.
  database.on('error', () => undefined);
  const client = createTemporalClient(settings);
  const parts: ProductPart[] = [];
  return {
    ...{ database, client, mail, settings },
    async add(file, { settings: more = {}, args = [] } = {}) {
      // Its workers are not the arena's: their deaths do not count there.
      const part = await product.add(file, { name, settings: { ...settings, ...more }, args });
      parts.push(part);
      return part;
    },
    async close() {
      for (const { part } of parts.toReversed()) await part.stop();
      await database.end();
      await client.connection.close();
      await mail.close();
    },
  };
};
