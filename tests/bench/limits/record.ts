import { createApp } from '../../../api/app.ts';
import { readConfig } from '../../../api/config.ts';
import { createContext } from '../../../api/context.ts';

/** A statement as the product sends it to PostgreSQL. */
export interface Statement {
  text: string;
  values: unknown[];
}

export interface Recorded {
  statements: Statement[];
  /** What the product answered. */
  answer: string;
}

/** Asks the product, in this process, and notes what it says to PostgreSQL meanwhile. */
export interface Recorder {
  record(path: string, init: RequestInit): Promise<Recorded>;
  close(): Promise<void>;
}

const statementOf = ([first, second]: unknown[]): Statement => {
  if (typeof first === 'string') return { text: first, values: Array.isArray(second) ? second : [] };
  if (typeof first !== 'object' || first === null) throw new Error('pg was asked in a way that is not known here');
  const text = 'text' in first ? String(first.text) : '';
  const inside = 'values' in first && Array.isArray(first.values) ? first.values : [];
  return { text, values: Array.isArray(second) ? second : inside };
};

interface Asked {
  query(...args: unknown[]): unknown;
}

/** Passes on what a connection is asked. */
const listenTo = (connection: Asked, hear: (args: unknown[]) => void): void => {
  const query = connection.query.bind(connection);
  connection.query = (...args) => {
    hear(args);
    return query(...args);
  };
};

export const openRecorder = async (settings: Record<string, string>): Promise<Recorder> => {
  const config = readConfig({ ...settings, NODE_ENV: 'development', LOG_LEVEL: 'silent' });
  const context = await createContext(config, 'recorder');
  const app = createApp(context);
  const heard: Statement[] = [];
  const known = new WeakSet<Asked>();
  const pool = await context.orm.em.getConnection().getNativeClient();
  pool.on('acquire', (connection: Asked) => {
    if (!known.has(connection)) listenTo(connection, (args) => heard.push(statementOf(args)));
    known.add(connection);
  });
  const ask = async (path: string, init: RequestInit): Promise<Recorded> => {
    heard.length = 0;
    const response = await app.request(`${config.PUBLIC_URL}${path}`, init);
    const answer = await response.text();
    if (!response.ok) throw new Error(`${path} could not be recorded, it answers ${response.status}: ${answer}`);
    return { statements: [...heard], answer };
  };
  return { record: ask, close: () => context.close() };
};
