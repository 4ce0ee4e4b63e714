import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';
import { freePorts } from '../../../dev/ports.ts';

/** An address of the API on which an answer is lost at the moment it is given. */
export interface Trap {
  url: string;
  /** Settles when it has snapped. */
  snapped: Promise<void>;
  close(): Promise<void>;
}

/** At the first byte of an answer `onAnswer` is called, and neither this answer nor any other one passes. */
export const setTrap = async (target: string, onAnswer: () => void): Promise<Trap> => {
  const { hostname, port: targetPort } = new URL(target);
  const [port = 0] = await freePorts(1);
  const sockets = new Set<Socket>();
  const { promise: snapped, resolve: snap } = Promise.withResolvers<void>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    return socket;
  };
  const server = createServer((near) => {
    const far = keep(dial(Number(targetPort), hostname));
    keep(near).pipe(far);
    far.once('data', () => {
      onAnswer();
      for (const socket of sockets) socket.destroy();
      snap();
    });
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    snapped,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
