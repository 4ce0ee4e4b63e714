import pg from 'pg';
import type { Log } from '../../operations/log.ts';

const connectAgainAfter = 1_000;

/** Calls `wake` at each NOTIFY of the outbox; a lost connection is opened again, and the relay's sweep covers the gap. */
export const listenToOutbox = (databaseUrl: string, log: Log, wake: () => void): { stop(): Promise<void> } => {
  let client: pg.Client | null = null;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  const lost = (error?: Error): void => {
    if (stopped || client === null) return;
    log.warn({ error }, 'outbox listener lost its connection, opening it again');
    // A connection can be there and not listen, on a standby for example: it must not be left open.
    client.end().catch((cause) => log.debug({ error: cause }, 'the lost connection was closed already'));
    client = null;
    retry = setTimeout(connect, connectAgainAfter);
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: databaseUrl });
    client = next;
    next.on('notification', wake);
    next.on('error', lost);
    next.on('end', () => lost());
    try {
      await next.connect();
      // The builder has no word for it, and its connections come from the pool, where nobody could listen.
      await next.query('listen outbox');
      wake();
    } catch (error) {
      lost(error instanceof Error ? error : new Error(String(error)));
    }
  };
  void connect();

  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await client?.end().catch((error) => log.debug({ error }, 'outbox listener was closed already'));
    },
  };
};
