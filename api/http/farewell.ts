import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface Farewell {
  /** From now on each answer says that its connection closes. Settles when no connection is left, or after this time. */
  say(withinMs: number): Promise<void>;
}

/**
 * Lets a server say that it is about to stop. A client cannot know that the other end closes a connection that rests: what
 * it sends at that moment is lost. So resting connections are kept for a while, and the last answer on each one says so.
 */
export const createFarewell = (server: Server): Farewell => {
  const unanswered = new Set<ServerResponse>();
  const connections = new Set<Socket>();
  const empty = Promise.withResolvers<void>();
  let leaving = false;

  const sayOn = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  const watch = (_request: unknown, response: ServerResponse): void => {
    if (leaving) sayOn(response);
    unanswered.add(response);
    response.once('close', () => unanswered.delete(response));
  };
  server.prependListener('request', watch).prependListener('checkExpectation', watch);
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => {
      connections.delete(socket);
      if (leaving && connections.size === 0) empty.resolve();
    });
  });

  return {
    async say(withinMs) {
      leaving = true;
      for (const response of unanswered) sayOn(response);
      if (connections.size === 0) return;
      const enough = setTimeout(empty.resolve, withinMs);
      await empty.promise;
      clearTimeout(enough);
    },
  };
};
