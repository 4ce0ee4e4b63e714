import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { Pool } from 'pg';
import { createTemporalClient } from '../../../api/temporal/client.ts';
import { queryOnce } from '../../../dev/postgres-address.ts';
import { type Proxy as Road, startProxy } from '../../proxy.ts';
import { seed } from '../../rig/seed.ts';
import { forgetTemporal, type Servers, startServers } from '../../rig/servers.ts';
import type { EntryFact, NotificationFact, VisitFact } from '../checker/facts.ts';
import { eventually } from '../eventually.ts';
import type { Options } from '../options.ts';
import { mailPauseMs, soonTriedAgain, writeBundle } from '../workers/bundles.ts';
import { createJournal, type Journal } from '../workload/journal.ts';
import type { Span } from '../workload/span.ts';
import { type MailSink, startMailSink } from './mail.ts';
import { createParts, type Part, type Parts } from './parts.ts';
import { type People, signInPeople } from './people.ts';
import { type Product, startProduct } from './product.ts';

/** The whole product as processes, with a handle on everything that can break. */
export interface Arena {
  servers: Servers<Parts>;
  postgres: Part;
  temporal: Part;
  product: Product;
  /** The network between the product and its servers. The checker has connections of its own. */
  roads: { database: Road; temporal: Road };
  mail: MailSink;
  /** From the first try of a mail to the next one; each pause after it is twice as long. */
  mailPauseMs: number;
  /** How many the workload makes where a fault does not say otherwise. */
  submissionsPerSecond: number;
  people: People;
  journal: Journal;
  database: Pool;
  client: Client;
  /** Temporal starts anew and knows nothing any more. */
  wipeTemporal(): Promise<void>;
  /** How often that happened. */
  wipes(): number;
  /** Notifications that PostgreSQL has lost with a restored backup; their mails have gone out all the same. */
  lostNotifications: NotificationFact[];
  /** Entries of timelines that went with it. */
  lostEntries: EntryFact[];
  /** Visits that had ended by then. */
  lostVisits: VisitFact[];
  /** Numbers of tickets whose ended workflows Temporal was made to forget, as it does by itself after the retention time. */
  forgotten: Set<string>;
  /** When a release was running that workflows in flight cannot go on under: their workflow tasks fail, as they should. */
  badReleases: Span[];
  /** Everything runs again, every road is open; settles when all of it answers. */
  heal(): Promise<void>;
  /** Waits until nothing is left to do: outbox, mails and workflows that were started. Answers the seconds. */
  drained(withinSeconds?: number): Promise<number>;
  close(): Promise<void>;
}

const throughRoad = (databaseUrl: string, road: Road): string => {
  const url = new URL(databaseUrl);
  url.host = road.address;
  return url.href;
};

const isUp = (part: Part): boolean => part.pid() !== undefined;

/** Tells the checker's own connections from the product's. */
export const checkerName = 'checker';

// Temporal suggests a new run at 4,096 events: in the short profile so early that a ticket of sixty commands has several.
const suggestRenewalAt = { 'limit.historyCount.suggestContinueAsNew': '120' };

// A workflow is deleted when it is noted that its end was dealt with, and that is noted this often.
const noteOften = Object.fromEntries(
  ['transfer', 'visibility'].map((queue) => [`history.${queue}ProcessorUpdateAckInterval`, '"1s"']),
);

const openPool = (connectionString: string): Pool => {
  const pool = new Pool({ connectionString, max: 4, application_name: checkerName });
  // A connection that a fault has cut is opened again by the next query.
  pool.on('error', () => undefined);
  return pool;
};

const clientOf = ({ temporalAddress, namespace }: Servers): Client =>
  createTemporalClient({ TEMPORAL_ADDRESS: temporalAddress, TEMPORAL_NAMESPACE: namespace });

interface Backlog {
  outbox: number;
  mail: number;
}

const backlog = `select coalesce((select max(id) from outbox), 0)::int as outbox,
  coalesce((select max(notification_id) from notification.mail), 0)::int as mail`;
const leftOf = `select from outbox where id <= $1
  union all select from notification.mail where state in ('pending', 'sending') and notification_id <= $2 limit 1`;

export const openArena = async ({ nightly }: Pick<Options, 'nightly'>): Promise<Arena> => {
  const servers = await startServers({
    name: 'faults',
    runner: createParts,
    // A killed process loses nothing that the system has: what fsync guards against is a power cut.
    postgres: { fsync: 'off' },
    temporal: nightly ? noteOften : { ...noteOften, ...suggestRenewalAt },
  });
  const [postgres, temporal] = [servers.supervisor.part('postgres'), servers.supervisor.part('temporal')];
  try {
    const roads = {
      database: await startProxy(servers.databaseAddress),
      temporal: await startProxy(servers.temporalAddress),
    };
    const mail = await startMailSink();
    const journal = createJournal();
    const product = await startProduct(servers, {
      DATABASE_URL: throughRoad(servers.databaseUrl, roads.database),
      TEMPORAL_ADDRESS: roads.temporal.address,
      SMTP_URL: mail.url,
      // Workers die so often here that each would do little but make it anew.
      WORKFLOW_BUNDLE: await writeBundle(servers.folder, 'today', nightly ? [] : soonTriedAgain),
      NODE_COMPILE_CACHE: join(servers.folder, 'compiled'),
      // A workflow that a fault has set back is put right within a few looks.
      RECONCILE_SECONDS: '5',
    });
    await seed(servers, 'base');
    // What was compiled is kept by those who end by themselves, and spares all who come after a kill a second.
    for (const { part } of [product.worker, product.api]) await part.end();
    await Promise.all([product.worker.start(), product.api.start()]);
    const database = openPool(servers.adminDatabaseUrl);
    const client = clientOf(servers);
    const people = await signInPeople({ url: () => product.api.url, origin: product.origin, database, journal });

    let wipes = 0;
    const wipeTemporal = async (): Promise<void> => {
      await temporal.stop();
      await forgetTemporal(servers.folder);
      wipes += 1;
      temporal.start();
    };

    const heal = async (): Promise<void> => {
      for (const road of Object.values(roads)) {
        road.delay(0);
        road.resume();
      }
      mail.refuse(null);
      if (!isUp(postgres)) postgres.start();
      if (!isUp(temporal)) temporal.start();
      await eventually('PostgreSQL answers', async () => {
        if (!isUp(postgres)) postgres.start();
        return (await queryOnce(servers.databaseUrl, 'select 1')).length === 1;
      });
      await eventually('Temporal answers', async () => {
        await client.withDeadline(Date.now() + 2_000, () =>
          client.workflowService.describeNamespace({ namespace: servers.namespace }),
        );
        return true;
      });
      await product.ensure();
    };

    // What comes in meanwhile is the next wait's affair.
    const drained = async (withinSeconds = 120): Promise<number> => {
      const { rows } = await database.query<Backlog>(backlog);
      const [latest] = rows;
      return await eventually(
        'outbox and mails are drained',
        async () => (await database.query(leftOf, [latest?.outbox, latest?.mail])).rows.length === 0,
        withinSeconds,
      );
    };

    return {
      ...{ servers, postgres, temporal, product, roads, mail, people, journal, database, client, heal, wipeTemporal },
      mailPauseMs: nightly ? mailPauseMs.real : mailPauseMs.short,
      submissionsPerSecond: nightly ? 2 : 1,
      wipes: () => wipes,
      lostNotifications: [],
      lostEntries: [],
      lostVisits: [],
      forgotten: new Set(),
      badReleases: [],
      drained,
      async close() {
        await database.end();
        await client.connection.close();
        await servers.stop();
        for (const road of Object.values(roads)) await road.cut();
        await mail.close();
      },
    };
  } catch (error) {
    await servers.stop();
    throw error;
  }
};
