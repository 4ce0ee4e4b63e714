import pg from 'pg';
import { createApp } from '../../../api/app.ts';
import { readConfig } from '../../../api/config.ts';
import type { Context } from '../../../api/context.ts';
import { openDatabase } from '../../../api/db/orm.ts';
import { createLog } from '../../../api/operations/log.ts';
import { createTemporalClient } from '../../../api/temporal/client.ts';
import { generousLimits } from '../../rig/limits.ts';

/** A statement that the product sends to PostgreSQL. */
export interface Statement {
  text: string;
  values: unknown[];
}

export interface Recorded {
  statements: Statement[];
  /** The product's answer. */
  answer: string;
}

/** Sends a request to the product in this process and records its SQL statements. */
export interface Recorder {
  record(path: string, init: RequestInit): Promise<Recorded>;
  close(): Promise<void>;
}

const statementOf = ([first, second]: unknown[]): Statement => {
  if (typeof first === 'string') return { text: first, values: Array.isArray(second) ? second : [] };
  if (typeof first !== 'object' || first === null)
    throw new Error('pg.query was called in a form that this recorder does not know; add it here');
  const text = 'text' in first ? String(first.text) : '';
  const inside = 'values' in first && Array.isArray(first.values) ? first.values : [];
  return { text, values: Array.isArray(second) ? second : inside };
};

/** A `pg` client that also records its statements, for the pool's option `Client`. */
const recordingClient = (recorded: Statement[]): typeof pg.Client =>
  class extends pg.Client {
    override query(...args: unknown[]) {
      recorded.push(statementOf(args));
      return Reflect.apply(super.query, this, args);
    }
  };

export const openRecorder = async (settings: Record<string, string>): Promise<Recorder> => {
  const config = readConfig({ ...settings, ...generousLimits, NODE_ENV: 'development', LOG_LEVEL: 'silent' });
  const recorded: Statement[] = [];
  const { DATABASE_URL: url, DATABASE_POOL: pool } = config;
  const orm = await openDatabase({ url, pool, limits: false, client: recordingClient(recorded) });
  const temporal = createTemporalClient(config);
  const context: Context = {
    ...{ config, orm, temporal, log: createLog('recorder', config.LOG_LEVEL) },
    async close() {
      await temporal.connection.close();
      await orm.close();
    },
  };
  const app = createApp(context);
  const record = async (path: string, init: RequestInit): Promise<Recorded> => {
    recorded.length = 0;
    const response = await app.request(`${config.PUBLIC_URL}${path}`, init);
    const answer = await response.text();
    if (!response.ok) throw new Error(`${path} could not be recorded, it returned ${response.status}: ${answer}`);
    return { statements: [...recorded], answer };
  };
  return { record, close: () => context.close() };
};
