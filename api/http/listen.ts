import { once } from 'node:events';
import type { Context } from '../context.ts';
import { createFarewell } from './farewell.ts';
import { createHttpServer } from './http-server.ts';

interface Listening {
  context: Context;
  fetch: Parameters<typeof createHttpServer>[0];
  hostname: string;
  port: number;
  onReady(port: number): void;
  waits?: Waits;
}

interface Waits {
  /** How long a connection that rests may be used once more, after somebody has asked us to stop. Milliseconds. */
  farewell: number;
  /** How long after that the last answers may take. */
  answers: number;
}

export interface Listener {
  /** Answers what is asked, asks everybody to go, and settles when they have. */
  stop(): Promise<void>;
}

const usualWaits: Waits = { farewell: 2_000, answers: 10_000 };

/** Serves HTTP. */
export const listen = ({ context, fetch, hostname, port, onReady, waits = usualWaits }: Listening): Listener => {
  const server = createHttpServer(fetch, context);
  const farewell = createFarewell(server);
  server.listen(port, hostname, () => onReady(port));
  return {
    async stop() {
      await farewell.say(waits.farewell);
      const impatience = setTimeout(() => server.closeAllConnections(), waits.answers);
      // This closes the connections that rest; the others have their answer to come.
      server.close();
      await once(server, 'close');
      clearTimeout(impatience);
    },
  };
};
