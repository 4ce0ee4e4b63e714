import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig, type Pool, type PoolClient } from 'pg';

/** Milliseconds in which whoever uses a connection hears that it is lost, and gives it back by itself. */
const timeToRelease = 100;

/**
 * Gives the places of dead connections back to the pool. A transaction whose connection was cut cannot roll back, and the
 * query builder then never releases it: without this, each lost connection would take a place for ever.
 */
export const releaseDeadConnections = (pool: Pool): void => {
  const inUse = new Set<PoolClient>();
  pool.on('acquire', (client) => inUse.add(client));
  pool.on('release', (_error, client) => inUse.delete(client));
  pool.on('connect', (client) => {
    client.once('end', async () => {
      await sleep(timeToRelease);
      if (inUse.has(client)) client.release(true);
    });
  });
};

/** A client of `pg` whose socket is our own, so that its silence can be measured. For the pool's option `Client`. */
export class WatchedClient extends Client {
  readonly #socket: Socket;

  constructor(config: ClientConfig = {}) {
    const socket = new Socket();
    // A pool hides the password from those who copy its settings.
    super({ ...config, password: config.password, stream: () => socket });
    this.#socket = socket.on('timeout', () => {
      socket.destroy(new Error('Connection terminated: PostgreSQL does not answer'));
    });
  }

  /** Ends the connection once nothing has passed on it for so many milliseconds; 0: it may rest. */
  endAfterSilence(ms: number): void {
    this.#socket.setTimeout(ms);
  }
}

/**
 * Ends a connection in use on which nothing passes for so long. The server ends each statement in time by itself; who
 * hears nothing even then has lost it to a network that tells nobody. Connections that rest in the pool are kept.
 */
export const endSilentConnections = (pool: Pool, longestSilence: number): void => {
  const watch = (client: object, ms: number): void => {
    if (!(client instanceof WatchedClient)) throw new TypeError('This pool must make its clients with WatchedClient');
    client.endAfterSilence(ms);
  };
  pool.on('acquire', (client) => watch(client, longestSilence));
  pool.on('release', (_error, client) => watch(client, 0));
};
