import type { Context } from '../context.ts';
import { createHttpServer } from './http-server.ts';

type Fetch = Parameters<typeof createHttpServer>[0];

interface Listening {
  context: Context;
  fetch: Fetch;
  hostname: string;
  port: number;
  onReady(port: number): void;
}

export interface Listener {
  /** Answers what was asked, asks everybody to go, and settles when they have, or after ten seconds. */
  stop(): Promise<void>;
}

const patienceMs = 10_000;

/** Serves HTTP. */
export const listen = ({ context, fetch, hostname, port, onReady }: Listening): Listener => {
  let stopping = false;
  // A kept connection would go on asking a process that is about to close its database.
  const answer: Fetch = async (request, env) => {
    const response = await fetch(request, env);
    if (stopping && response instanceof Response) response.headers.set('Connection', 'close');
    return response;
  };
  const server = createHttpServer(answer, context).listen(port, hostname, () => onReady(port));
  return {
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        const impatience = setTimeout(() => server.closeAllConnections(), patienceMs);
        server.close(() => {
          clearTimeout(impatience);
          resolve();
        });
      }),
  };
};
