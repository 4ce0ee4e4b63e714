import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { type Pool, type PoolConfig, TypeOverrides } from 'pg';
import { entities } from './entities.ts';
import { migrations } from './migrations.ts';
import { endSilentConnections, releaseDeadConnections, WatchedClient } from './pool.ts';

export interface DatabaseSettings {
  url: string;
  /** How many connections at most. */
  pool: number;
  /** Migrations may take long; everything else is ended by the server after these limits. */
  limits: boolean;
  /** Another class for the connections of the pool, such as one that writes down what it is asked. */
  client?: PoolConfig['Client'];
}

// A stalled query or a forgotten transaction must never hold a request or a lock for longer than this.
const limitsOfServer = '-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s';

// Where the network swallows everything, nobody hears of the server's limits, so we have limits of our own: milliseconds,
// together less than a request may last.
const longestSilence = 6_000;
const longestWaitForConnection = 2_500;

// The numbers by which PostgreSQL knows its types. An instant is a `Date`, for the query builder as for the ORM, which by
// itself would read it as text; a day stays text, for it has no time zone.
const instant = 1184;
const day = 1082;
const types = new TypeOverrides();
types.setTypeParser(instant, (text) => new Date(text));
types.setTypeParser(day, (text) => text);

const limits = {
  connectionTimeoutMillis: longestWaitForConnection,
  options: limitsOfServer,
  Client: WatchedClient,
  onPoolCreated(pool: Pool): void {
    releaseDeadConnections(pool);
    endSilentConnections(pool, longestSilence);
  },
};

/** @throws when PostgreSQL cannot be reached. */
export const openDatabase = ({ url, pool, limits: limited, client }: DatabaseSettings): Promise<MikroORM> =>
  MikroORM.init({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    pool: { min: 1, max: pool },
    driverOptions: {
      types,
      ...(limited ? limits : { onPoolCreated: releaseDeadConnections }),
      ...(client ? { Client: client } : {}),
    },
    migrations: {
      migrationsList: migrations,
      snapshot: false,
      transactional: true,
      allOrNothing: true,
      silent: true,
      // That is for superusers, and no migration needs it.
      disableForeignKeys: false,
    },
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: true,
  });
