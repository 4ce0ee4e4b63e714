import { join } from 'node:path';
import { Client } from 'pg';
import { type Account, app, database, superuser } from './postgres-files.ts';

export const postgresHost = '127.0.0.1';

const urlOf = ({ user, password }: Account, port: number, name: string, at: string): string =>
  `postgresql://${user}:${password}@${at}:${port}/${name}`;

/** The product's database, for the product. */
export const databaseUrl = (port: number, at: string = postgresHost): string => urlOf(app, port, database, at);

/** For what only the superuser may do. */
export const adminDatabaseUrl = (port: number, name = 'postgres'): string => urlOf(superuser, port, name, postgresHost);

// The system allows no longer path; and PostgreSQL reads the setting as a list, in which these characters mean something.
const socketPath = /^[\w./-]{1,100}$/;

/**
 * The address of the database through a socket, which is quicker than TCP; null where there can be none. The socket is in
 * the server's own folder: in /tmp, PostgreSQL's default, two servers would collide.
 */
export const socketUrl = (folder: string, port: number): string | null =>
  process.platform !== 'win32' && socketPath.test(join(folder, `.s.PGSQL.${port}`))
    ? databaseUrl(port, encodeURIComponent(folder))
    : null;

/** Runs one query on a connection of its own. */
export const queryOnce = async (url: string, text: string, values?: unknown[]): Promise<unknown[]> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that ends the session reports it twice. The rejected query is enough.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
};
