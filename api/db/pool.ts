import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';

/**
 * Gives the places of dead connections back to the pool. A transaction whose connection was cut cannot roll back, and
 * MikroORM's query builder then never releases it: without this, each lost connection would take a place for ever.
 */
export const releaseDeadConnections = (pool: Pool): void => {
  const inUse = new Set<PoolClient>();
  pool.on('acquire', (client) => inUse.add(client));
  pool.on('release', (_error, client) => inUse.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!inUse.has(client)) return;
      const release = client.release.bind(client);
      // Whoever still holds it may release it once more.
      client.release = () => undefined;
      release(true);
    });
  });
};

/** A pool's client with the socket that `pg` does not put into its types. */
interface WithSocket {
  connection: { stream: Socket };
}

const hasSocket = (client: object): client is WithSocket => 'connection' in client;

/**
 * Ends a connection on which PostgreSQL says nothing for so long while somebody waits for it. The server ends each
 * statement in time by itself; who hears nothing even then has lost it to a network that tells nobody.
 */
export const endSilentConnections = (pool: Pool, longestSilence: number): void => {
  const inUse = new Set<object>();
  pool.on('acquire', (client) => inUse.add(client));
  pool.on('release', (_error, client) => inUse.delete(client));
  pool.on('connect', (client: object) => {
    if (!hasSocket(client)) throw new Error('A connection of pg has no socket any more: adapt this file');
    const { stream } = client.connection;
    // Not as an argument of `setTimeout`: that one is called for the first silence only.
    stream.setTimeout(longestSilence).on('timeout', () => {
      if (inUse.has(client)) stream.destroy(new Error('Connection terminated: PostgreSQL does not answer'));
    });
  });
};
