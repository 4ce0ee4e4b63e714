import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { type Pool, type PoolConfig, TypeOverrides } from 'pg';
import { entities } from './entities.ts';
import { migrations } from './migrations.ts';
import { endSilentConnections, releaseDeadConnections } from './pool.ts';
import { prepareStatements } from './prepared.ts';

export interface DatabaseSettings {
  url: string;
  /** Connections at most. */
  pool: number;
  /** Migrations may take long; everything else is ended by the server after these limits. */
  limits: boolean;
  /** Another class for the connections of the pool, such as one that writes down what it is asked. */
  client?: PoolConfig['Client'];
}

// A stalled query or a forgotten transaction must never hold a request or a lock for longer than this.
const limitsOfServer = '-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s';

// Where the network swallows everything, the server's limits are of no use: nobody hears of them. Together they are less
// than a request may last, milliseconds both.
const longestSilence = 6_000;
const longestWaitForPlace = 2_500;

// Instants are dates, whoever asks: the ORM would have them as text, and the query builder could not be typed by entities.
const timestamptz = 1184;
const date = 1082;
const types = new TypeOverrides();
types.setTypeParser(timestamptz, (text) => new Date(text));
// A day has no time zone.
types.setTypeParser(date, (text) => text);

const onPoolCreated = (pool: Pool): void => {
  prepareStatements(pool);
  releaseDeadConnections(pool);
  endSilentConnections(pool, longestSilence);
};

const limits = { types, onPoolCreated, connectionTimeoutMillis: longestWaitForPlace, options: limitsOfServer };

/** @throws when PostgreSQL cannot be reached. */
export const openDatabase = ({ url, pool, limits: limited, client }: DatabaseSettings): Promise<MikroORM> =>
  MikroORM.init({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    pool: { min: 1, max: pool },
    driverOptions: {
      ...(limited ? limits : { types, onPoolCreated: releaseDeadConnections }),
      ...(client ? { Client: client } : {}),
    },
    migrations: { migrationsList: migrations, snapshot: false, transactional: true, allOrNothing: true, silent: true },
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: true,
  });
