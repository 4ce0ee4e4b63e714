import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { freePorts } from '../dev/ports.ts';

/** A way to a server that can be cut and opened again. */
export interface Proxy {
  /** `127.0.0.1:port`, also while it is cut. */
  address: string;
  /** Refuses new connections and drops those that are open. */
  cut(): Promise<void>;
  open(): Promise<void>;
}

/** A proxy to `target` (`host:port`), open from the start. */
export const startProxy = async (target: string): Promise<Proxy> => {
  const { hostname, port: targetPort } = new URL(`tcp://${target}`);
  const [port = 0] = await freePorts(1);
  const sockets = new Set<Socket>();
  let server: Server | null = null;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // The other end reports what went wrong; here a lost peer only closes the pair.
    socket.on('error', () => socket.destroy());
    return socket.on('close', () => sockets.delete(socket));
  };

  const open = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer((near) => {
        const far = keep(dial(Number(targetPort), hostname));
        keep(near).pipe(far).pipe(near);
        near.on('close', () => far.destroy());
        far.on('close', () => near.destroy());
      });
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });

  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      const closing = server;
      server = null;
      if (closing) closing.close(() => resolve());
      else resolve();
      for (const socket of sockets) socket.destroy();
    });

  await open();
  return { address: `127.0.0.1:${port}`, cut, open };
};
