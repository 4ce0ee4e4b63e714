import { once } from 'node:events';
import { createServer } from 'node:http';

export interface SideServer {
  port: number;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

/**
 * A server for the people and programs who watch over us, on an address of its own, which no proxy passes on to the public.
 * @throws when it cannot listen there.
 */
export const serveAside = async (
  address: string,
  answer: (path: string | undefined) => Promise<Answer>,
): Promise<SideServer> => {
  const server = createServer((request, response) => {
    answer(request.url).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.writeHead(500).end('This could not be answered.\n'),
    );
  });
  const { hostname, port } = new URL(`http://${address}`);
  server.listen(Number(port || 80), hostname.replace(/^\[|\]$/g, ''));
  await once(server, 'listening');
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : Number(port),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
