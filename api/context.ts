import type { MikroORM } from '@mikro-orm/postgresql';
import type { Client } from '@temporalio/client';
import type { Config } from './config.ts';
import { openDatabase } from './db/orm.ts';
import { probeDatabase } from './db/probe.ts';
import { createLog, type Log } from './operations/log.ts';
import { waitUntilThere } from './operations/wait.ts';
import { createTemporalClient } from './temporal/client.ts';

/** What a process holds as long as it lives. Passed down; there are no globals. */
export interface Context {
  config: Config;
  orm: MikroORM;
  temporal: Client;
  log: Log;
  close(): Promise<void>;
}

/** Waits for PostgreSQL, and says so; Temporal may be away. */
export const createContext = async (config: Config, name: string): Promise<Context> => {
  const log = createLog(name, config.LOG_LEVEL);
  await waitUntilThere(log, async () => {
    const { state, problem } = await probeDatabase(config.DATABASE_URL);
    return state === 'away' ? problem : null;
  });
  const orm = await openDatabase({ url: config.DATABASE_URL, pool: config.DATABASE_POOL, limits: true });
  const temporal = createTemporalClient(config);
  return {
    config,
    orm,
    temporal,
    log,
    async close() {
      await temporal.connection.close();
      await orm.close();
    },
  };
};
