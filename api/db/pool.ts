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
